/** Builds what is compared, so that no figure has compiling in it: the bots whole, the clients with their packages beside them. */
import { mkdir, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { buildForTests } from '../test/support/built.ts';
import { CLIENTS, CONTESTANTS } from './contestants.ts';

const ROOT = path.dirname(import.meta.dirname);

/** All with the same settings. @returns the folder, for VPCE_BUILT. */
export function buildBots(): Promise<string> {
  return buildForTests(CONTESTANTS.map(({ program }) => program));
}

/** What is compared there is also how long loading takes: so packages stay as they are installed. */
export async function buildClients(): Promise<string> {
  const cache = path.join(ROOT, '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'bench-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.values(CLIENTS),
    outbase: '.',
    outdir: folder,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  return folder;
}
