/** The page in a real Chromium, with the real bot behind it: what people do there is what they would do in Slack. */
import { type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { prepareForm } from '../../sandbox/page/prepare.ts';
import { openSandbox, type Sandbox } from '../../sandbox/page/sandbox.ts';
import { type Act, SWITCHES } from '../../sandbox/page/wire.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';
import { openBrowser } from './browser.ts';
import { APPROVALS, DATA, type VisitOptions, Visitor } from './visitor.ts';

const [ANN, BEN, CAT, DAN, LIN] = ['U0ANN', 'U0BEN', 'U0CAT', 'U0DAN', 'U0LIN'];
const { alerts, ldap } = SAMPLE_SERVICES;

let redis: PrivateRedis;
let sandbox: Sandbox;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  [redis, browser] = await Promise.all([startPrivateRedis(), openBrowser()]);
  sandbox = await openSandbox({ redisUrl: redis.url });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
  await redis?.stop();
});
// Whatever was tried: nothing was complained of, nothing left the machine, and Slack understood all of it.
afterEach(async () => {
  for (const name of SWITCHES) await act({ act: 'switch', name, on: false });
  const { log, workspace } = sandbox.stage.slack;
  for (const { user, id } of [...workspace.views.values()].filter(({ open, type }) => open && type === 'modal')) {
    await sandbox.stage.slack.as(user).close({ id }, { all: true });
  }
  const seen = await Promise.all(
    visitors.splice(0).map(async ({ page, complaints }) => {
      const unknown = await page.locator('.unknown-block').count();
      await page.context().close();
      return { unknown, complaints };
    }),
  );
  for (const { unknown, complaints } of seen) {
    expect(unknown).toBe(0);
    expect(complaints).toEqual([]);
  }
  expect([...log.protocolErrors, ...log.unknownMethods]).toEqual([]);
});

async function act(what: Act): Promise<void> {
  await fetch(`${sandbox.page.url}/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(what),
  });
}

async function arrive(path = '/', options: VisitOptions = {}): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, sandbox.page.url, path, options);
  visitors.push(visitor);
  return visitor;
}

const press = (where: Locator, action: string) => where.locator(`[data-action="${action}"]`).click();

describe('somebody who opens the sandbox', () => {
  it('lands on a form that is filled in, its button ready to be pressed; Enter sends it, and Enter approves it', async () => {
    await prepareForm(sandbox.stage.slack, sandbox.stage.cloud, ANN);
    const visitor = await arrive();
    const { page } = visitor;
    const form = visitor.modal(ANN, 'create_endpoint');
    await form.waitFor();
    await form.locator('[data-submit]:focus').waitFor();
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await visitor.pane(ANN).getByText('Only visible to you').first().waitFor();

    await visitor.sitDownAs(BEN);
    await visitor.go(BEN, APPROVALS);
    const card = visitor.card(BEN, 'Waiting for approval');
    await card.locator('[data-action="approve"]').focus();
    await page.keyboard.press('Enter');
    await card.locator('[data-action="approve"]').waitFor({ state: 'detached' });
    await visitor.go(BEN, DATA);
    await visitor.pane(BEN).locator('.messages').getByText('privatelink.aliyuncs.com').first().waitFor();
    expect([await visitor.figure('creates'), await visitor.figure('endpoints')]).toEqual([1, 1]);
  });

  it('fills in a form of their own: searched lists, errors beside the fields, and what was typed is kept', async () => {
    const visitor = await arrive();
    await visitor.say(ANN, '/vpc-endpoint create');
    const form = visitor.modal(ANN, 'create_endpoint');
    await form.waitFor();
    await visitor.submit(form);
    await form.locator('.error').first().waitFor();
    const instance = form.locator('[data-block="instance"]').getByRole('combobox');
    await instance.fill('orders');
    await form.locator(`[data-value="${SAMPLE_INSTANCES.orders}"]`).waitFor();
    await instance.press('Enter');
    await visitor.pick(form, 'service', alerts);
    await visitor.pick(form, 'zone', 'cn-hangzhou-g');
    await visitor.type(form, 'reason', 'Typed on the page');
    await visitor.submit(form);
    await form.waitFor({ state: 'detached' });
    await visitor.go(ANN, APPROVALS);
    const card = visitor.card(ANN, 'Typed on the page');
    await card.waitFor();
    await press(card, 'cancel');
    await visitor.card(ANN, 'Cancelled').waitFor();
  });

  it.each([
    ['a guest', 'U0GUS'],
    ['a stranger', 'U0EVE'],
  ])('as %s lands where they may be, and is told who can ask', async (_what, who) => {
    const visitor = await arrive();
    await visitor.sitDownAs(who);
    await visitor.pane(who).locator('.place[aria-current="page"]').waitFor();
    await visitor.say(who, '/vpc-endpoint create');
    await visitor.pane(who).getByText('Only visible to you').first().waitFor();
    expect(await visitor.modal(who, 'create_endpoint').count()).toBe(0);
  });

  it('has read what they have read, also after having been somebody else, and chooses light or dark', async () => {
    const visitor = await arrive();
    sandbox.stage.slack.as(BEN).say('C0RANDOM', 'Has anybody seen the llama?');
    const badge = visitor.pane(DAN).locator('[data-place="C0RANDOM"] .badge');
    await visitor.sitDownAs(DAN);
    await badge.waitFor();
    await visitor.go(DAN, 'C0RANDOM');
    await visitor.pane(DAN).getByText('llama').waitFor();
    await visitor.sitDownAs(CAT);
    await visitor.sitDownAs(DAN);
    await visitor.pane(DAN).locator('[data-place="C0RANDOM"]').waitFor();
    expect(await badge.count()).toBe(0);
    const html = visitor.page.locator('html');
    const other = (await html.getAttribute('data-theme')) === 'dark' ? 'light' : 'dark';
    await visitor.page.locator('[data-theme-switch]').click();
    await visitor.page.locator(`html[data-theme="${other}"]`).waitFor();
  });

  it('opens the form by the shortcut, and clears what is optional', async () => {
    const visitor = await arrive();
    await visitor.pane(ANN).locator('[data-shortcut]').click();
    const form = visitor.modal(ANN, 'create_endpoint');
    await visitor.pick(form, 'channel', DATA);
    const clear = form.locator('[data-block="channel"] .clear');
    await clear.click();
    await clear.waitFor({ state: 'detached' });
  });
});

describe('a request on the page', () => {
  it('is rejected with a reason, which its requester reads', async () => {
    const visitor = await arrive();
    await visitor.ask(ANN, {
      instance: SAMPLE_INSTANCES.nameless,
      service: alerts,
      zone: 'cn-hangzhou-h',
      reason: 'For a rejection',
    });
    await visitor.sitBeside(BEN);
    const card = visitor.card(BEN, 'For a rejection');
    await press(card, 'reject');
    const form = visitor.modal(BEN, 'reject_request');
    await visitor.type(form, 'reason', 'Please use the shared service');
    await visitor.submit(form);
    await visitor.card(BEN, 'Rejected').waitFor();
    await visitor.pane(ANN).locator('[data-place^="D"]').click();
    await visitor.pane(ANN).getByText('Please use the shared service').first().waitFor();
  });

  it('takes two of them, side by side, and each sees the other’s yes', async () => {
    const visitor = await arrive();
    await visitor.ask(ANN, {
      instance: SAMPLE_INSTANCES.logs,
      service: ldap,
      zone: 'cn-hangzhou-h',
      reason: 'Two of us',
    });
    await visitor.sitDownAs(BEN);
    await visitor.go(BEN, APPROVALS);
    await visitor.sitBeside(CAT);
    await press(visitor.card(BEN, 'Two of us'), 'approve');
    await visitor.card(CAT, '1 of 2').waitFor();
    await press(visitor.card(CAT, '1 of 2'), 'approve');
    await visitor.card(CAT, 'Two of us').locator('[data-action="approve"]').waitFor({ state: 'detached' });
    await visitor.go(BEN, DATA);
    await visitor.pane(BEN).locator('.messages article', { hasText: 'privatelink.aliyuncs.com' }).last().waitFor();
  });

  it('is edited on the same card, with what has changed', async () => {
    const visitor = await arrive();
    await visitor.ask(ANN, {
      instance: SAMPLE_INSTANCES.nameless,
      service: alerts,
      zone: 'cn-hangzhou-g',
      reason: 'Before the edit',
    });
    await visitor.go(ANN, APPROVALS);
    await press(visitor.card(ANN, 'Before the edit'), 'edit');
    const form = visitor.modal(ANN, 'edit_request');
    await visitor.type(form, 'reason', 'After the edit');
    await visitor.pick(form, 'lifetime', '7d');
    await visitor.submit(form);
    const card = visitor.card(ANN, 'After the edit');
    await card.getByText('Revision 2 changed').waitFor();
    await press(card, 'cancel');
    await visitor.card(ANN, 'Cancelled').waitFor();
  });

  it('is created once through a lost reply, a double click and a killed bot; the slider shows how it was', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    const before = [await visitor.figure('creates'), await visitor.figure('endpoints')] as const;
    await visitor.ask(ANN, {
      instance: SAMPLE_INSTANCES.nameless,
      service: alerts,
      zone: 'cn-hangzhou-i',
      reason: 'Through trouble',
    });
    await page.getByRole('tab', { name: 'Break it' }).click();
    for (const name of ['lost-reply', 'double-click']) await page.locator(`[data-switch="${name}"]`).click();
    await visitor.sitDownAs(BEN);
    await visitor.go(BEN, APPROVALS);
    await press(visitor.card(BEN, 'Through trouble'), 'approve');
    await page.locator('[data-switch="lost-reply"]', { hasText: 'struck 1×' }).waitFor();
    await page.locator('[data-kill]').click();
    await page.locator('[data-bot="ready"][data-lives="2"]').waitFor({ timeout: 30_000 });
    await page.getByRole('tab', { name: 'Request' }).click();
    await page.locator('.events', { hasText: 'succeeded' }).waitFor({ timeout: 60_000 });
    await visitor.card(BEN, 'Through trouble').locator('[data-action="approve"]').waitFor({ state: 'detached' });
    expect([await visitor.figure('creates'), await visitor.figure('endpoints')]).toEqual([
      before[0] + 2,
      before[1] + 1,
    ]);
    await page.locator('.slider').fill('0');
    await page.locator('.picture[data-frame="0"]').waitFor();
    expect(await page.locator('.picture').innerText()).not.toContain('privatelink.aliyuncs.com');
  }, 120_000);

  it('goes its way in Chinese, for those who read it', async () => {
    const visitor = await arrive();
    await visitor.sitDownAs(LIN);
    await visitor.page.getByText('当前身份').waitFor();
    await visitor.ask(LIN, {
      instance: SAMPLE_INSTANCES.orders,
      service: alerts,
      zone: 'cn-hangzhou-g',
      reason: '用中文申请',
    });
    await visitor.pane(LIN).getByText('仅对你可见').first().waitFor();
    await visitor.sitBeside(CAT);
    await press(visitor.card(CAT, '用中文申请'), 'approve');
    await visitor.pane(LIN).locator('[data-place^="D"]').click();
    await visitor.pane(LIN).getByText('privatelink.aliyuncs.com').first().waitFor();
    expect(await visitor.page.locator('html').getAttribute('lang')).toBe('zh-CN');
  });
});

describe('the page', () => {
  it('shows the Home tab, unread marks, threads, raw payloads and each signed call', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.ask(ANN, {
      instance: SAMPLE_INSTANCES.logs,
      service: alerts,
      zone: 'cn-hangzhou-h',
      reason: 'To look at',
    });
    await visitor.sitDownAs(DAN);
    await visitor.pane(DAN).locator(`[data-place="${APPROVALS}"] .badge`).waitFor();
    await visitor.go(DAN, APPROVALS);
    await visitor.pane(DAN).locator('.thread-link').first().click();
    await visitor.pane(DAN).locator('.thread article').nth(1).waitFor();
    await visitor.go(DAN, 'home');
    await visitor.pane(DAN).locator('.home .blocks').waitFor();
    await page.getByRole('tab', { name: 'Cloud' }).click();
    await page.locator('.call', { hasText: 'dry run' }).first().locator('summary').click();
    expect(await page.locator('.call[open]').innerText()).toContain('x-acs-action');
    await page.getByRole('tab', { name: 'Payloads' }).click();
    await page.locator('.call summary', { hasText: 'view_submission' }).first().click();
    expect(await page.locator('.call[open]').innerText()).toContain('private_metadata');
  });

  it('says that a command did not reach a bot that is dead, and heals', async () => {
    const visitor = await arrive();
    await visitor.page.getByRole('tab', { name: 'Break it' }).click();
    await visitor.page.locator('[data-kill]').click();
    await visitor.say(ANN, '/vpc-endpoint help');
    await visitor.pane(ANN).getByText('failed with the error').first().waitFor();
    await visitor.page.locator('[data-bot="ready"]').waitFor({ timeout: 30_000 });
    await visitor.say(ANN, '/vpc-endpoint help');
    await visitor.pane(ANN).locator('.messages article').last().getByText('create').first().waitFor();
  });

  it('has every message in its gallery, in both languages, and none has a block that it can’t draw or an emoji that it can’t name', async () => {
    const visitor = await arrive('/gallery');
    const { page } = visitor;
    const surfaces = page.locator('[data-filter="surface"] option');
    await surfaces.first().waitFor({ state: 'attached', timeout: 60_000 });
    let drawn = 0;
    for (const locale of ['en', 'zh-CN']) {
      await page.locator('[data-filter="locale"]').selectOption(locale);
      for (const surface of await surfaces.allInnerTexts()) {
        await page.locator('[data-filter="surface"]').selectOption(surface);
        await page.locator(`[data-of="${surface} ${locale}"]`).waitFor({ timeout: 60_000 });
        const more = page.locator('.gallery > .block-button');
        while ((await more.count()) > 0) await more.click();
        const count = Number(await page.locator('[data-found]').getAttribute('data-found'));
        expect([surface, await page.locator('.pictures figure').count()]).toEqual([surface, count]);
        expect(count).toBeGreaterThan(0);
        drawn += count;
        expect(await page.locator('.unknown-block').count()).toBe(0);
        expect((await page.locator('.pictures').textContent())?.match(/:[a-z_]+:/g) ?? []).toEqual([]);
      }
    }
    expect(drawn).toBeGreaterThan(1_000);
  }, 120_000);

  it('breaks what each switch says, counts how often, and heals', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    const set = (name: string) => page.locator(`[data-switch="${name}"]`).click();
    const struck = (name: string) =>
      page.locator(`[data-switch="${name}"]`, { hasText: 'struck' }).waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: 'Break it' }).click();
    await visitor.say(ANN, `/vpc-endpoint create ${SAMPLE_INSTANCES.nameless} ${ldap}`);
    const form = visitor.modal(ANN, 'create_endpoint');
    await visitor.pick(form, 'zone', 'cn-hangzhou-h');
    await visitor.type(form, 'reason', 'Through thick');
    await set('failing-cloud');
    await visitor.submit(form);
    await struck('failing-cloud');
    await set('failing-cloud');
    for (const name of ['slow-cloud', 'slack-429']) await set(name);
    // The check that failed is due again by then.
    await page.getByRole('button', { name: '1 hour' }).click();
    await page.locator('.bot-state', { hasText: '1 h ahead' }).waitFor();
    for (const name of ['slow-cloud', 'slack-429']) await struck(name);
    for (const name of ['slow-cloud', 'slack-429']) await set(name);
    await set('slack-down');
    await visitor.go(ANN, 'home');
    await struck('slack-down');
    await set('slack-down');
    await set('redelivery');
    await visitor.go(ANN, 'home');
    await struck('redelivery');
    await set('redelivery');
    await visitor.go(ANN, APPROVALS);
    const card = visitor.card(ANN, 'Through thick');
    await card.waitFor({ timeout: 60_000 });
    for (const name of ['double-click', 'redelivery']) await set(name);
    await press(card, 'cancel');
    await visitor.card(ANN, 'Cancelled').last().waitFor({ timeout: 20_000 });
    for (const name of ['double-click', 'redelivery']) await struck(name);
  }, 120_000);

  it('is one of two that agree, and a page that comes later catches up', async () => {
    const [one, other] = [await arrive(), await arrive()];
    await one.say(ANN, 'Good morning, both of you');
    await other.pane(ANN).getByText('Good morning, both of you').waitFor();
    const third = await arrive();
    await third.pane(ANN).getByText('Good morning, both of you').waitFor();
  });

  it('says why something could not be done', async () => {
    const visitor = await arrive();
    await visitor.page.route('**/act', (route) => route.fulfill({ json: { ok: false, why: 'gone' } }));
    await visitor.pane(ANN).locator('[data-shortcut]').click();
    const notice = visitor.pane(ANN).locator('.notice', { hasText: 'It is not there any more.' });
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'detached' });
    await visitor.page.unroute('**/act');
    // In the language of whoever tried.
    await visitor.say(ANN, '/vpc-endpoints create');
    await visitor.pane(ANN).getByText('There is no such command here, only /vpc-endpoint.').waitFor();
    await visitor.sitDownAs(LIN);
    await visitor.say(LIN, '/vpc-endpoints create');
    await visitor.pane(LIN).getByText('这里没有这个命令，只有 /vpc-endpoint。').waitFor();
  });

  it('serves nobody under another name, and takes nothing but acts, in JSON', async () => {
    const { url } = sandbox.page;
    const ask = (path: string, options: RequestOptions & { readonly body?: string } = {}) =>
      new Promise<{ readonly status: number | undefined; readonly body: string }>((resolve, reject) => {
        const sent = request(`${url}${path}`, options, async (response) => {
          resolve({ status: response.statusCode, body: await text(response) });
        });
        sent.once('error', reject).end(options.body);
      });
    const act = (body: string, type = 'application/json') =>
      ask('/act', { method: 'POST', headers: { 'content-type': type }, body });
    expect(await ask('/')).toMatchObject({ status: 200 });
    expect(await ask('/', { headers: { host: 'acme.example' } })).toMatchObject({ status: 403 });
    expect(await ask('/elsewhere')).toMatchObject({ status: 404 });
    expect(await act('{}', 'text/plain')).toMatchObject({ status: 415 });
    expect(await act('{')).toMatchObject({ status: 400 });
    expect(await act(JSON.stringify({ act: 'fly', as: ANN }))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"ok":false'),
    });
    const nowhere = await act(JSON.stringify({ act: 'type', as: ANN, channel: 'C0NONE', text: 'hello' }));
    expect(JSON.parse(nowhere.body)).toEqual({ ok: false, why: 'no such channel in the local Slack: C0NONE' });
  });

  it('asks first where a button wants that, and cries out at a block that it does not know', async () => {
    const { slack } = sandbox.stage;
    const confirm = {
      title: { type: 'plain_text', text: 'Sure?' },
      text: { type: 'plain_text', text: 'It is for ever.' },
      confirm: { type: 'plain_text', text: 'Do it' },
      deny: { type: 'plain_text', text: 'Not yet' },
    };
    const button = {
      type: 'button',
      action_id: 'why',
      text: { type: 'plain_text', text: 'Ask me' },
      value: 'x',
      confirm,
    };
    const blocks = [{ type: 'actions', elements: [button] }, { type: 'carousel' }];
    slack.workspace.post({ channel: DATA, user: 'U0BOT', text: 'A test of the page', blocks });
    const clicks = () =>
      slack.log.deliveries.filter(({ kind, what }) => kind === 'block_actions' && what === 'why').length;
    const visitor = await arrive();
    const message = visitor.pane(ANN).locator('.messages article').last();
    await message.getByText('carousel').waitFor();
    await message.getByText('Ask me').click();
    const dialog = visitor.pane(ANN).getByRole('alertdialog', { name: 'Sure?' });
    await dialog.getByText('Not yet').click();
    await dialog.waitFor({ state: 'detached' });
    expect(clicks()).toBe(0);
    await message.getByText('Ask me').click();
    await dialog.getByText('Do it').click();
    await slack.waitFor(() => clicks() === 1, { what: 'the click' });
    const posted = slack.workspace.messages.findLast(({ text }) => text === 'A test of the page');
    if (posted !== undefined) slack.workspace.remove(posted);
    await visitor.page.locator('.unknown-block').waitFor({ state: 'detached' });
  });

  it('plays the main job as a tour, through a lost reply and a killed bot', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    const made = () => sandbox.stage.cloud.state.endpoints.length;
    const before = made();
    await page.locator('[data-tour]').click();
    for (const step of [1, 2, 3, 4, 5]) {
      await page.locator(`.tour[data-step="${step}"][data-there="true"]`).waitFor({ timeout: 60_000 });
      await page.locator('.tour [data-next]').click();
    }
    await page.locator('.tour').waitFor({ state: 'detached' });
    // However often the create was sent.
    expect(made()).toBe(before + 1);
    expect(await page.getByRole('tab', { name: 'Break it' }).getAttribute('aria-selected')).toBe('true');
  }, 120_000);
});
