/** The form for a new endpoint, submitted: what is stored, and what is said when it is not. */
import { describe, expect, it } from 'vitest';
import type { Option, View } from '../../../sandbox/slack/model.ts';
import { ALERTS, ORDERS } from './listeners-cloud.ts';
import { NOW, type Stage, setStage } from './listeners-stage.ts';

const COMMAND = '/vpc-endpoint';
const itself = (value: string): Option => ({ text: { type: 'plain_text', text: value }, value });

async function openForm(stage: Stage, typed = ''): Promise<View> {
  const ann = stage.slack.as('U0ANN');
  await ann.command('C0DATA', COMMAND, `create ${typed}`);
  return ann.waitForView('create_endpoint');
}

async function filledForm(stage: Stage): Promise<View> {
  const view = await openForm(stage, `${ORDERS} ${ALERTS} cn-hangzhou-i`);
  await stage.slack.as('U0ANN').type(view, 'reason', '  a search page ');
  return view;
}

describe('the submit', () => {
  it('is one durable write, then the form closes', async () => {
    const stage = await setStage();
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    await ann.choose(view, 'lifetime', '7d');
    await ann.choose(view, 'mode', 'precheck');
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    const id = 'req_01JGTWZ8M0ABCDEFGHJKMNPQ01';
    const operation = {
      kind: 'create',
      account: 'prod',
      instanceId: ORDERS,
      serviceId: ALERTS,
      zoneId: 'cn-hangzhou-i',
    };
    const asked = { operation, reason: 'a search page', mode: 'precheck', lifetime: '7d', channel: 'C0DATA' };
    const command = { kind: 'submit', id, by: 'U0ANN', asked, origin: 'C0DATA' };
    expect(stage.received).toEqual([{ id, entry: { commandId: `submit:${id}`, command, at: NOW, channel: 'C0DATA' } }]);
    expect(stage.nudged).toEqual([id]);
  });

  it('asks once when it comes twice', async () => {
    const stage = await setStage();
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    await ann.submit(view);
    stage.slack.workspace.views.set(view.id, Object.assign(view, { open: true }));
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    expect(stage.received).toHaveLength(1);
  });

  it('says so when it comes again with other entries: those were not stored', async () => {
    const stage = await setStage();
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    await ann.submit(view);
    Object.assign(view, { open: true });
    await ann.type(view, 'reason', 'another reason');
    expect(await ann.submit(view)).toMatchObject({ errors: { instance: expect.stringContaining('already sent') } });
  });

  it('sends the result to the requester when no channel is left', async () => {
    const stage = await setStage();
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    await ann.choose(view, 'channel', null);
    await ann.submit(view);
    expect(stage.received[0]?.entry.command).toHaveProperty('asked');
    expect(stage.received[0]?.entry.command).not.toHaveProperty('asked.channel');
  });

  it('keeps the form open while Redis is away, and takes it later', async () => {
    const stage = await setStage();
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    stage.redis.fails = true;
    expect(await ann.submit(view)).toMatchObject({ errors: { instance: expect.stringContaining('Not stored') } });
    expect(stage.received).toEqual([]);
    stage.redis.fails = false;
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    expect(stage.received).toHaveLength(1);
  });

  it('points at masked and malformed ids, and at an empty reason', async () => {
    const stage = await setStage();
    const view = await openForm(stage, 'es-cn-n6w1o1x0w001c**** foo 杭州');
    const ann = stage.slack.as('U0ANN');
    await ann.type(view, 'reason', '   ');
    expect(await ann.submit(view)).toEqual({
      outcome: 'errors',
      errors: {
        instance: 'This id is masked, as in documentation. Paste the full id.',
        service: expect.stringContaining('looks like epsrv-'),
        zone: expect.stringContaining('looks like cn-hangzhou-i'),
        reason: expect.any(String),
      },
    });
    expect(stage.received).toEqual([]);
  });

  it('trims what was pasted', async () => {
    const stage = await setStage();
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    await ann.pick(view, 'instance', itself(`  ${ORDERS} `));
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    expect(stage.received[0]?.entry.command).toHaveProperty('asked.operation.instanceId', ORDERS);
  });

  it('names the zones that the service offers, once they are known', async () => {
    const stage = await setStage();
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    await ann.search(view, 'zone', '');
    await ann.pick(view, 'zone', itself('cn-hangzhou-b'));
    expect(await ann.submit(view)).toMatchObject({
      errors: { zone: expect.stringContaining('cn-hangzhou-g, cn-hangzhou-h, cn-hangzhou-i') },
    });
  });

  it('leaves to the check what only the cloud can say', async () => {
    const stage = await setStage();
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    await ann.search(view, 'instance', '');
    await ann.pick(view, 'instance', itself('es-cn-notinthelist0001'));
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
  });

  it('wants an account that is there', async () => {
    const stage = await setStage({ accounts: ['prod', 'test'] });
    const view = await filledForm(stage);
    const ann = stage.slack.as('U0ANN');
    await ann.choose(view, 'account', 'test');
    Object.assign(view.values.account ?? {}, { account: { type: 'static_select', selected_option: itself('gone') } });
    expect(await ann.submit(view)).toMatchObject({ errors: { account: expect.stringContaining('prod, test') } });
  });
});
