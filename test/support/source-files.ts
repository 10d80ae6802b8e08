/** The text of the sources below a folder, for tests that hold documents against the code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export function sourceFiles(folder: string): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|lua)$/.test(file))
    .map((file) => path.posix.join(folder, file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}
