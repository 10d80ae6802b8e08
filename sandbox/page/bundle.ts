/** The page's own code, bundled from its sources when the sandbox starts. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ENTRY = path.join(path.dirname(fileURLToPath(import.meta.url)), 'client', 'main.tsx');

export interface Bundle {
  readonly script: string;
  readonly style: string;
}

export async function bundle(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const ending = (end: string) => outputFiles.find(({ path: file }) => file.endsWith(end))?.text ?? '';
  return { script: ending('.js'), style: ending('.css') };
}
