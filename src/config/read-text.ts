/** A file that holds text, or why it cannot be read. */
import { readFile } from 'node:fs/promises';
import type { Checked } from './config.ts';

/** Without its byte order mark, if it has one. Never throws. @param hint for whoever named a file that is not there. */
export async function readText(name: string, hint = ''): Promise<Checked<string>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(name);
  } catch (error) {
    return { ok: false, problems: [{ where: name, message: whyNot(error as NodeJS.ErrnoException, hint) }] };
  }
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, problems: [{ where: name, message: 'expected text in UTF-8' }] };
  }
}

function whyNot({ code }: NodeJS.ErrnoException, hint: string): string {
  switch (code) {
    case 'ENOENT':
      return `there is no such file${hint}`;
    case 'EISDIR':
      return 'is a folder, and a file is expected';
    case 'EACCES':
      return 'may not be read by the user that runs the bot';
  }
  return `cannot be read (${code})`;
}
