/** `npm run screenshots`: pictures of card, form, Home, tour and gallery, in both languages, for the READMEs. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { prepareForm } from '../../sandbox/page/prepare.ts';
import { openSandbox } from '../../sandbox/page/sandbox.ts';
import { openBrowser } from './browser.ts';
import { APPROVALS, Visitor } from './visitor.ts';

const FOLDER = path.join('docs', 'images');
/** Of those that the pictures show; a font that lacks them draws the same box for each. */
const CHARACTERS = ['审', '批', '🔍', '🔒'];
/** Sharp on a fine screen. */
const SCALE = 1.5;

const say = (text: string) => process.stdout.write(`${text}\n`);
const browser = await openBrowser();
if (!(await drawsAll(browser))) {
  await browser.close();
  process.stderr.write(
    'screenshots: no font here has Chinese characters or emoji; install some, such as fonts-noto-cjk and fonts-noto-color-emoji\n',
  );
  process.exit(1);
}
await mkdir(FOLDER, { recursive: true });
for (const [locale, asker] of [
  ['en', 'U0ANN'],
  ['zh-CN', 'U0LIN'],
] as const) {
  const sandbox = await openSandbox({ locale });
  const shoot = async (visitor: Visitor, name: string) => {
    await visitor.page.screenshot({ path: path.join(FOLDER, `${name}.${locale}.png`) });
    say(`${name}.${locale}.png`);
  };
  const arrive = (colorScheme: 'light' | 'dark') =>
    Visitor.arrive(browser, sandbox.page.url, '/', {
      colorScheme,
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: SCALE,
    });
  try {
    await prepareForm(sandbox.stage.slack, sandbox.stage.cloud, asker);
    const openedAt = performance.now();
    const visitor = await arrive('light');
    if (locale === 'en') {
      await visitor.page.locator('[data-submit]:focus').waitFor();
      say(`usable ${Math.round(performance.now() - openedAt)} ms after it was opened`);
    }
    await visitor.sitDownAs(asker);
    const form = visitor.modal(asker, 'create_endpoint');
    await form.waitFor();
    await shoot(visitor, 'form');
    await visitor.submit(form);
    await form.waitFor({ state: 'detached' });

    const approver = locale === 'en' ? 'U0BEN' : 'U0CAT';
    await visitor.sitDownAs(approver);
    await visitor.go(approver, APPROVALS);
    await visitor.pane(approver).locator('[data-action="approve"]').waitFor();
    await shoot(visitor, 'card');
    await visitor.go(approver, 'home');
    await visitor.pane(approver).locator('.home .blocks').waitFor();
    await shoot(visitor, 'home');
    // Whose language it is decides the tour's.
    await visitor.sitDownAs(asker);
    await visitor.page.locator('[data-tour]').click();
    for (const step of [1, 2, 3]) {
      await visitor.page.locator(`.tour[data-step="${step}"][data-there="true"]`).waitFor({ timeout: 60_000 });
      await visitor.page.locator('.tour [data-next]').click();
    }
    // Two creates were sent, and there is one endpoint.
    await visitor.page.locator('.tour[data-step="4"][data-there="true"]').waitFor({ timeout: 60_000 });
    await shoot(visitor, 'tour');
    await visitor.leave();

    const looker = await arrive('dark');
    await looker.page.goto(`${sandbox.page.url}/gallery`);
    await looker.page.locator('.pictures figure').first().waitFor();
    await looker.page.locator('[data-filter="locale"]').selectOption(locale);
    await looker.page.locator(`[data-of="card ${locale}"]`).waitFor({ timeout: 30_000 });
    await shoot(looker, 'gallery');
    await looker.leave();
  } finally {
    await sandbox.stop();
  }
}
await browser.close();

async function drawsAll(browser: Browser): Promise<boolean> {
  const page = await browser.newPage();
  const drawn = new Set<string>();
  for (const character of CHARACTERS) {
    await page.setContent(`<p>${character}</p>`);
    drawn.add((await page.locator('p').screenshot()).toString('base64'));
  }
  await page.close();
  return drawn.size === CHARACTERS.length;
}
