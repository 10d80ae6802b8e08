/** `node scripts/assumptions.mjs`: writes docs/assumptions.md from what the stand-ins know of their vendors. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const PAGE = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'docs', 'assumptions.md');

const { assumptionsPage } = await tsImport('../sandbox/assumptions.ts', import.meta.url);
writeFileSync(PAGE, assumptionsPage());
process.stdout.write('docs/assumptions.md is written.\n');
