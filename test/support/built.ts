/** The bot and its command line in one file each, built once for a whole run: they start in a fifth of the time. */
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Bundles sources with all that they import, packages included: compiling and finding some hundred modules is most of
 * what a start costs, and the tests start the bot hundreds of times.
 * @param entries from the project's root, such as `src/main.ts`.
 * @returns the folder: `src/main.ts` is in it as `src/main.js`, and so on.
 */
export async function buildForTests(entries: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vpce-built-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: [...entries],
    outbase: '.',
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // A start reads all of it, and half of it is said in comments. Names stay, for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    outExtension: { '.js': '.mjs' },
    // Packages that are CommonJS ask for Node's own modules in the old way.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  // They are read from beside the code that runs them.
  const scripts = path.join(ROOT, 'src/adapters/redis/scripts');
  for (const entry of entries) {
    await cp(scripts, path.join(folder, path.dirname(entry), 'scripts'), { recursive: true });
  }
  return folder;
}
