/** `npm run screenshots`: pictures of card, form, Home, tour and gallery, in both languages, for the READMEs. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { prepareForm } from '../../sandbox/page/prepare.ts';
import { openSandbox } from '../../sandbox/page/sandbox.ts';
import { openBrowser } from './browser.ts';
import { APPROVALS, DATA, Visitor } from './visitor.ts';

const FOLDER = path.join('docs', 'images');
/** Sharp on a fine screen. */
const SCALE = 2;

const say = (text: string) => process.stdout.write(`${text}\n`);
await mkdir(FOLDER, { recursive: true });
const browser = await openBrowser();
for (const [locale, asker, reason] of [
  ['en', 'U0ANN', 'The on-call webhook has to hear of failed orders'],
  ['zh-CN', 'U0LIN', '订单失败时需要通知值班系统'],
] as const) {
  const sandbox = await openSandbox();
  const shoot = async (visitor: Visitor, name: string) => {
    await visitor.page.screenshot({ path: path.join(FOLDER, `${name}.${locale}.png`) });
    say(`${name}.${locale}.png`);
  };
  const arrive = (colorScheme: 'light' | 'dark', viewport = { width: 1280, height: 800 }) =>
    Visitor.arrive(browser, sandbox.page.url, '/', { colorScheme, viewport, deviceScaleFactor: SCALE });
  try {
    await prepareForm(sandbox.stage.slack, sandbox.stage.cloud, asker);
    const visitor = await arrive('light');
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
    await visitor.go(approver, APPROVALS);
    await visitor.pane(approver).locator('[data-action="approve"]').click();
    await visitor.pane(approver).locator('[data-action="approve"]').waitFor({ state: 'detached' });
    await visitor.go(approver, DATA);
    await visitor.pane(approver).locator('article', { hasText: 'privatelink' }).first().waitFor();
    await shoot(visitor, 'result');
    await visitor.page.locator('[data-tour]').click();
    await visitor.page.locator('.tour[data-there="true"]').waitFor();
    await visitor.page.locator('.tour [data-next]').click();
    await visitor.page.locator('.tour[data-step="2"][data-there="true"]').waitFor({ timeout: 20_000 });
    await shoot(visitor, 'tour');
    await visitor.leave();

    const phone = await arrive('dark', { width: 390, height: 844 });
    await phone.sitDownAs('U0CAT');
    await phone.ask('U0CAT', {
      instance: SAMPLE_INSTANCES.logs,
      service: SAMPLE_SERVICES.ldap,
      zone: 'cn-hangzhou-h',
      reason,
    });
    await phone.sitDownAs(approver);
    await phone.go(approver, APPROVALS);
    await phone.pane(approver).locator('[data-action="approve"]').first().waitFor();
    await shoot(phone, 'phone');
    await phone.page.goto(`${sandbox.page.url}/gallery`);
    await phone.page.setViewportSize({ width: 1280, height: 800 });
    await phone.page.locator('.pictures figure').first().waitFor();
    await phone.page.locator('[data-filter="locale"]').selectOption(locale);
    await shoot(phone, 'gallery');
    await phone.leave();
  } finally {
    await sandbox.stop();
  }
}
await browser.close();
