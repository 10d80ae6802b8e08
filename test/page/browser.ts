/** A real Chromium, which comes with an npm package: nothing is installed on the machine. */
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Made for a Lambda: one process dies with its first tab, and is no browser that anybody uses. */
const NOT_THESE = new Set(['--single-process', '--no-zygote']);

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => !NOT_THESE.has(arg)),
    headless: true,
  });
}
