/** Checks which room imports which; looking at nothing is a failure, not a pass. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
// A tree to look at instead of this one: the test of the rules themselves brings its own.
const base = path.resolve(process.argv[2] ?? ROOT);

const options = await extractDepcruiseOptions(path.join(ROOT, '.dependency-cruiser.cjs'));
const folders = ['src', 'sandbox', 'test', 'scripts', 'bench'].filter((folder) => existsSync(path.join(base, folder)));
const { output } = await cruise(folders, { ...options, baseDir: base, outputType: 'json' });
const { modules, summary } = typeof output === 'string' ? JSON.parse(output) : output;

for (const { rule, from, to, cycle } of summary.violations) {
  const way = cycle ? cycle.map((step) => step.name ?? step).join(' -> ') : to;
  process.stdout.write(`${from} -> ${way}: ${rule.name}\n`);
}
const ours = modules.filter((module) => /^src\/.*\.ts$/.test(module.source)).length;
process.stdout.write(
  `${summary.totalCruised} modules, ${ours} of them in src, ${summary.violations.length} breaches\n`,
);
if (ours === 0) process.stdout.write('No module of src was looked at: the check itself is broken.\n');
process.exit(summary.violations.length > 0 || ours === 0 ? 1 : 0);
