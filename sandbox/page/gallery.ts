/** The gallery's renderings for the page, printed by a process of its own: the sandbox shares no code with the bot. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const PRINT = path.join('test', 'gallery', 'print.ts');

const LOCALES: readonly string[] = ['en', 'zh-CN'];
const TEXTS: readonly string[] = ['usual', 'longest', 'emptiest'];

/** What can be asked for; a page full of the longest texts is megabytes. */
export interface Wanted {
  readonly locale: string;
  readonly text: string;
  readonly surface: string;
}

interface Printed {
  readonly surface: string;
  readonly json: string;
}

/** By locale and kind of text. */
const printed = new Map<string, Promise<readonly Printed[]>>();

/** @returns as JSON: all surfaces there are, and the renderings that were asked for. */
export async function gallery({ locale, text, surface }: Wanted): Promise<string> {
  if (!LOCALES.includes(locale) || !TEXTS.includes(text)) throw new Error('there is no such gallery');
  const key = `${locale} ${text}`;
  const printing = printed.get(key) ?? print(locale, text);
  printed.set(key, printing);
  // What failed once may work the next time.
  printing.catch(() => printed.delete(key));
  const all = await printing;
  const surfaces = [...new Set(all.map((each) => each.surface))];
  const found = all.filter((each) => each.surface === surface);
  return `{"surfaces":${JSON.stringify(surfaces)},"renderings":[${found.map(({ json }) => json).join(',')}]}`;
}

async function print(locale: string, text: string): Promise<readonly Printed[]> {
  const args = ['--import', 'tsx', PRINT, '--json', `--locale=${locale}`, `--text=${text}`];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const all: Printed[] = [];
  for await (const json of createInterface({ input: child.stdout })) {
    const { surface } = JSON.parse(json) as Wanted;
    all.push({ surface, json });
  }
  const status = await ended;
  if (status !== 0) throw new Error(`the gallery could not be printed: exit status ${status}`);
  return all;
}
