/** The forms that buttons open: edit, reject, choose. */
import { describe, expect, it } from 'vitest';
import { asJson, type Json, type View } from '../../../sandbox/slack/model.ts';
import { inputBlocks } from '../../../sandbox/slack/validate/view.ts';
import type { Request } from '../../../src/domain/request.ts';
import { ATTENTION, ID, listed, PENDING } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { ALERTS, ORDERS } from './listeners-cloud.ts';
import { NOW, type Stage, setStage } from './listeners-stage.ts';

const BUTTONS = ['edit', 'reject', 'choose_endpoint', 'approve_with_note'];
/** Slack takes only so many in a row. */
const MORE = ['approve_alone', 'review', 'ask_again'];
const asked = {
  operation: { kind: 'create', account: 'prod', instanceId: ORDERS, serviceId: ALERTS, zoneId: 'cn-hangzhou-i' },
  reason: 'a search page',
  mode: 'precheck',
  lifetime: '30d',
  channel: 'C0DATA',
} as const;
const by = (requester: string, request: Request): Request => ({ ...request, requester, asked });
const pending = by('U0ANN', given(...PENDING).as('pending'));
const attention = given(...ATTENTION).as('needs-attention');
const element = (view: View, id: string): Json =>
  asJson(inputBlocks(view).find(({ block_id }) => block_id === id)?.element);

async function click(request: Request, button: string, who: string, prepare?: (stage: Stage) => void): Promise<Stage> {
  const stage = await setStage();
  stage.store(request);
  prepare?.(stage);
  const card = stage.post(request, MORE.includes(button) ? MORE : BUTTONS);
  expect(await stage.slack.as(who).click(card, button)).toMatchObject({ ok: true });
  return stage;
}

const told = ({ slack }: Stage, who: string): Promise<string> =>
  slack.waitFor(() => slack.as(who).ephemerals('C0APPROVALS').at(-1)?.text);

const wayBack = { at: NOW, channel: 'C0APPROVALS', responseUrl: expect.any(String), card: expect.any(Object) };

describe('edit', () => {
  it('begins with what was asked, and stores a new wish for that revision', async () => {
    const stage = await click(pending, 'edit', 'U0ANN');
    const ann = stage.slack.as('U0ANN');
    const view = await ann.waitForView('edit_request');
    expect(asJson(element(view, 'instance').initial_option).value).toBe(ORDERS);
    expect(element(view, 'reason').initial_value).toBe('a search page');
    expect(asJson(element(view, 'mode').initial_option).value).toBe('precheck');
    expect(asJson(element(view, 'lifetime').initial_option).value).toBe('30d');
    expect(element(view, 'channel')).toMatchObject({ initial_conversation: 'C0DATA' });
    await ann.type(view, 'reason', 'another page');
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    const command = { kind: 'edit', by: 'U0ANN', revision: 1, asked: { ...asked, reason: 'another page' } };
    expect(stage.received).toEqual([{ id: ID, entry: { commandId: `edit:${ID}:1:${view.id}`, command, ...wayBack } }]);
  });

  it('shows errors beside the fields', async () => {
    const stage = await click(pending, 'edit', 'U0ANN');
    const ann = stage.slack.as('U0ANN');
    const view = await ann.waitForView('edit_request');
    const masked = 'epsrv-hp3x****';
    await ann.pick(view, 'service', { text: { type: 'plain_text', text: masked }, value: masked });
    expect(await ann.submit(view)).toMatchObject({ errors: { service: expect.stringContaining('masked') } });
  });

  it('is not opened for others, nor for a card that is behind', async () => {
    const stage = await click(pending, 'edit', 'U0BEN');
    expect(await told(stage, 'U0BEN')).toContain('Only the person who asked');
    const old = await click({ ...pending, revision: 2 }, 'edit', 'U0ANN');
    const card = old.post({ id: ID, revision: 1 }, BUTTONS);
    await old.slack.as('U0ANN').waitForView('edit_request');
    await old.slack.as('U0ANN').click(card, 'edit');
    expect(await told(old, 'U0ANN')).toContain('revision 2');
    expect(old.slack.log.count('views.open')).toBe(1);
  });

  it('says so when the record cannot be read, or is not there, or Slack does not open it', async () => {
    const away = await click(pending, 'edit', 'U0ANN', ({ redis }) => Object.assign(redis, { fails: true }));
    expect(await told(away, 'U0ANN')).toContain('did not answer');
    const gone = await click(pending, 'edit', 'U0ANN', ({ records }) => records.clear());
    expect(await told(gone, 'U0ANN')).toContain('not known here');
    const late = await click(pending, 'edit', 'U0ANN', ({ slack }) => {
      slack.faults.add({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
    });
    expect(await told(late, 'U0ANN')).toContain('Click again');
  });
});

describe('reject', () => {
  it('takes a reason', async () => {
    const stage = await click(pending, 'reject', 'U0BEN');
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('reject_request');
    expect(await ben.submit(view)).toMatchObject({ outcome: 'incomplete' });
    await ben.type(view, 'reason', '  ');
    expect(await ben.submit(view)).toMatchObject({ errors: { reason: 'Say why, for the requester.' } });
    await ben.type(view, 'reason', ' wrong zone ');
    expect(await ben.submit(view)).toEqual({ outcome: 'closed' });
    const command = { kind: 'reject', by: 'U0BEN', revision: 1, reason: 'wrong zone' };
    expect(stage.received).toEqual([{ id: ID, entry: { commandId: `reject:${view.id}`, command, ...wayBack } }]);
  });

  it('opens without Redis, and keeps the reason until Redis is back', async () => {
    const stage = await click(pending, 'reject', 'U0BEN', ({ redis }) => Object.assign(redis, { fails: true }));
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('reject_request');
    await ben.type(view, 'reason', 'no');
    expect(await ben.submit(view)).toMatchObject({ errors: { reason: expect.stringContaining('Not stored') } });
    stage.redis.fails = false;
    expect(await ben.submit(view)).toEqual({ outcome: 'closed' });
  });

  it('says so for a request that is not known', async () => {
    const stage = await click(pending, 'reject', 'U0BEN', ({ records }) => records.clear());
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('reject_request');
    await ben.type(view, 'reason', 'no');
    expect(await ben.submit(view)).toMatchObject({ errors: { reason: expect.stringContaining('not known here') } });
  });
});

describe('approve with a note', () => {
  it('takes the note', async () => {
    const stage = await click(pending, 'approve_with_note', 'U0BEN');
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('approve_request');
    await ben.type(view, 'note', ' for a week ');
    expect(await ben.submit(view)).toEqual({ outcome: 'closed' });
    const command = { kind: 'approve', by: 'U0BEN', revision: 1, note: 'for a week' };
    expect(stage.received).toEqual([{ id: ID, entry: { commandId: `approve:${view.id}`, command, ...wayBack } }]);
  });

  it('of spaces is an approval without one', async () => {
    const stage = await click(pending, 'approve_with_note', 'U0BEN');
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('approve_request');
    await ben.type(view, 'note', '  ');
    await ben.submit(view);
    expect(stage.received[0]?.entry.command).toEqual({ kind: 'approve', by: 'U0BEN', revision: 1 });
  });
});

describe('an emergency', () => {
  it('wants a reason', async () => {
    const stage = await click(pending, 'approve_alone', 'U0BEN');
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('approve_alone');
    await ben.type(view, 'reason', ' ');
    expect(await ben.submit(view)).toMatchObject({
      errors: { reason: expect.stringContaining('what the emergency is') },
    });
    await ben.type(view, 'reason', 'it burns');
    expect(await ben.submit(view)).toEqual({ outcome: 'closed' });
    const command = { kind: 'approve-alone', by: 'U0BEN', revision: 1, reason: 'it burns' };
    expect(stage.received).toEqual([{ id: ID, entry: { commandId: `approve-alone:${view.id}`, command, ...wayBack } }]);
  });

  it('is reviewed with a verdict, and a note where there is one', async () => {
    const stage = await click(pending, 'review', 'U0BEN');
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('review_request');
    expect(await ben.submit(view)).toMatchObject({ outcome: 'incomplete' });
    await ben.choose(view, 'verdict', 'not-in-order');
    expect(await ben.submit(view)).toEqual({ outcome: 'closed' });
    const command = { kind: 'review', by: 'U0BEN', revision: 1, verdict: 'not-in-order' };
    expect(stage.received).toEqual([{ id: ID, entry: { commandId: `review:${view.id}`, command, ...wayBack } }]);
  });
});

describe('ask again', () => {
  it('begins a new request with what the ended one asked for', async () => {
    const stage = await click(pending, 'ask_again', 'U0ANN');
    const ann = stage.slack.as('U0ANN');
    const view = await ann.waitForView('create_endpoint');
    expect(asJson(element(view, 'instance').initial_option).value).toBe(ORDERS);
    expect(asJson(element(view, 'zone').initial_option).value).toBe('cn-hangzhou-i');
    expect(element(view, 'reason').initial_value).toBe('a search page');
    expect(asJson(element(view, 'lifetime').initial_option).value).toBe('30d');
    expect(element(view, 'channel')).toMatchObject({ initial_conversation: 'C0DATA' });
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    const [received] = stage.received;
    expect(received?.id).not.toBe(ID);
    expect(received?.entry.command).toEqual({ kind: 'submit', id: received?.id, by: 'U0ANN', asked });
  });

  it('says so when the record cannot be read, or is not there', async () => {
    const away = await click(pending, 'ask_again', 'U0ANN', ({ redis }) => Object.assign(redis, { fails: true }));
    expect(await told(away, 'U0ANN')).toContain('did not answer');
    const gone = await click(pending, 'ask_again', 'U0ANN', ({ records }) => records.clear());
    expect(await told(gone, 'U0ANN')).toContain('not known here');
  });
});

describe('choose', () => {
  it('shows the candidates, and takes one', async () => {
    const stage = await click(attention, 'choose_endpoint', 'U0BEN');
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('choose_endpoint');
    expect(element(view, 'endpoint')).toMatchObject({ type: 'radio_buttons' });
    expect(await ben.submit(view)).toMatchObject({ outcome: 'incomplete' });
    await ben.choose(view, 'endpoint', 'ep-2');
    expect(await ben.submit(view)).toEqual({ outcome: 'closed' });
    const command = { kind: 'choose-endpoint', by: 'U0BEN', revision: 1, endpoint: 'ep-2' };
    expect(stage.received).toEqual([{ id: ID, entry: { commandId: `choose:${view.id}`, command, ...wayBack } }]);
  });

  it('takes a no, and shows many candidates as a menu', async () => {
    const candidates = Array.from({ length: 12 }, (_, index) =>
      listed(`ep-${index}`, { createdAt: '2026-01-05T09:00:00Z' }),
    );
    const stage = await click({ ...attention, candidates }, 'choose_endpoint', 'U0BEN');
    const ben = stage.slack.as('U0BEN');
    const view = await ben.waitForView('choose_endpoint');
    expect(element(view, 'endpoint')).toMatchObject({ type: 'static_select' });
    await ben.choose(view, 'endpoint', 'none');
    await ben.submit(view);
    expect(stage.received[0]?.entry.command).toEqual({ kind: 'choose-endpoint', by: 'U0BEN', revision: 1 });
  });

  it('is not opened when there is nothing to choose', async () => {
    const stage = await click(pending, 'choose_endpoint', 'U0ANN');
    expect(await told(stage, 'U0ANN')).toContain('No endpoint was chosen');
    expect(stage.slack.log.count('views.open')).toBe(0);
  });
});

describe('a click that opens a form', () => {
  it.each([
    ['edit', pending, 'U0ANN'],
    ['reject', pending, 'U0BEN'],
    ['choose_endpoint', attention, 'U0BEN'],
  ])(
    '(%s) is acknowledged once the form is open, so that none is ever lost behind an ack',
    async (button, request, who) => {
      const { slack } = await click(request, button, who);
      const opened = slack.log.calls.find(({ method }) => method === 'views.open');
      const acked = slack.log.deliveries.find(({ what }) => what === button);
      expect(opened?.seq).toBeLessThan(Number(acked?.seq));
    },
  );

  it('is acknowledged all the same when Slack takes its time to open it', async () => {
    const stage = await setStage();
    stage.store(pending);
    const hanging = stage.slack.faults.add({ method: 'views.open', kind: 'hang' });
    const card = stage.post(pending, BUTTONS);
    expect(await stage.slack.as('U0BEN').click(card, 'reject')).toMatchObject({ ok: true });
    expect(hanging.holding).toBe(1);
    hanging.release();
    await stage.slack.as('U0BEN').waitForView('reject_request');
  });
});
