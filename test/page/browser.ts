/** A real Chromium, which comes with an npm package: nothing is installed on the machine. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Made for a Lambda: one process dies with its first tab, and is no browser that anybody uses. */
const NOT_THESE = new Set(['--single-process', '--no-zygote']);

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await unpackedBrowser(),
    args: chromium.args.filter((arg) => !NOT_THESE.has(arg)),
    headless: true,
  });
}

/**
 * The package unpacks straight to where it runs from: a second process finds a file that is still being written, and
 * one that was killed meanwhile leaves half a browser for good. So it is unpacked elsewhere and put there in one step.
 */
async function unpackedBrowser(): Promise<string> {
  const folder = path.join(tmpdir(), `vpce-chromium-${await packageVersion()}`);
  if (!existsSync(folder)) {
    const made = await mkdtemp(`${folder}-`);
    try {
      await unpackInto(made);
      await rename(made, folder);
    } catch (error) {
      await rm(made, { recursive: true, force: true });
      // Another process was first.
      if (!existsSync(folder)) throw error;
    }
  }
  return path.join(folder, 'chromium');
}

/** The package exports nothing but its code. */
async function packageVersion(): Promise<string> {
  const code = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const about = await readFile(path.resolve(path.dirname(code), '../../package.json'), 'utf8');
  return (JSON.parse(about) as { version: string }).version;
}

/** The package has one place to unpack to, the system’s temporary folder, and asks for it each time. */
async function unpackInto(folder: string): Promise<void> {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    await chromium.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}
