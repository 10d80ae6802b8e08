/** The page for everybody: axe finds nothing, wide and narrow, in light and dark, and the keyboard goes everywhere. */
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareForm } from '../../sandbox/page/prepare.ts';
import { openSandbox, type Sandbox } from '../../sandbox/page/sandbox.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';
import { openBrowser } from './browser.ts';
import { APPROVALS, Visitor } from './visitor.ts';

const [ANN, BEN] = ['U0ANN', 'U0BEN'];

let redis: PrivateRedis;
let sandbox: Sandbox;
let browser: Browser;

beforeAll(async () => {
  [redis, browser] = await Promise.all([startPrivateRedis(), openBrowser()]);
  sandbox = await openSandbox({ redisUrl: redis.url });
  await prepareForm(sandbox.stage.slack, sandbox.stage.cloud, ANN);
  await sandbox.stage.slack.as(ANN).submit(sandbox.stage.slack.as(ANN).views()[0] ?? { id: '' });
  await sandbox.stage.slack.waitFor(
    () => sandbox.stage.slack.workspace.messages.some(({ channel }) => channel === APPROVALS),
    {
      what: 'the card',
    },
  );
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
  await redis?.stop();
});

/** What axe finds, in words. */
async function findings({ page }: Visitor): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary ?? ''}`),
  );
}

describe.each([
  ['light', { width: 1360, height: 860 }],
  ['dark', { width: 1360, height: 860 }],
  ['light', { width: 390, height: 800 }],
  ['dark', { width: 390, height: 800 }],
] as const)('the page, %s, %o', (colorScheme, viewport) => {
  const arrive = (path = '/') => Visitor.arrive(browser, sandbox.page.url, path, { colorScheme, viewport });

  it('has nothing that axe finds: a channel with its card and thread, the other side, Home, a form, the gallery', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.sitDownAs(BEN);
    await visitor.go(BEN, APPROVALS);
    await visitor.pane(BEN).locator('.thread-link').first().click();
    const found: string[] = [];
    for (const name of ['Request', 'Payloads', 'Break it', 'Cloud']) {
      await page.getByRole('tab', { name }).click();
      found.push(...(await findings(visitor)));
    }
    await page.keyboard.press('Escape');
    await visitor.pane(BEN).locator('.thread .plain').click();
    await visitor.pane(BEN).locator('[data-action="reject"]').first().click();
    await visitor.modal(BEN, 'reject_request').waitFor();
    await visitor.submit(visitor.modal(BEN, 'reject_request'));
    await visitor.modal(BEN, 'reject_request').locator('.error').waitFor();
    found.push(...(await findings(visitor)));
    await page.keyboard.press('Escape');
    await visitor.modal(BEN, 'reject_request').waitFor({ state: 'detached' });
    await visitor.go(BEN, 'home');
    await visitor.pane(BEN).locator('.home .blocks').waitFor();
    found.push(...(await findings(visitor)));
    await visitor.page.goto(`${sandbox.page.url}/gallery`);
    await page.locator('.pictures figure').first().waitFor();
    found.push(...(await findings(visitor)));
    expect(found).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  });
});

it('covers what is behind a form, closes it with Escape, and gives the focus back', async () => {
  const visitor = await Visitor.arrive(browser, sandbox.page.url);
  const { page } = visitor;
  await visitor.say(ANN, '/vpc-endpoint create');
  const form = visitor.modal(ANN, 'create_endpoint');
  await form.waitFor();
  const behind = visitor.pane(ANN).locator('.pane-content');
  expect(await behind.getAttribute('inert')).not.toBeNull();
  for (let step = 0; step < 25; step += 1) {
    await page.keyboard.press('Tab');
    expect(await behind.locator(':focus').count()).toBe(0);
  }
  await form.locator('[data-submit]').focus();
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });
  await visitor.pane(ANN).locator('.composer input:focus').waitFor();
  await visitor.leave();
});

it('completes the slash command by keyboard', async () => {
  const visitor = await Visitor.arrive(browser, sandbox.page.url);
  const box = visitor.pane(ANN).locator('.composer').getByRole('combobox');
  await box.fill('/vpc');
  await box.press('ArrowDown');
  await box.press('Tab');
  expect(await box.inputValue()).toBe('/vpc-endpoint show ');
  await visitor.leave();
});
