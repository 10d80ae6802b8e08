/** The slash command: the form that it opens, its help, and where a request is. */
import { describe, expect, it } from 'vitest';
import { asJson, type Json, type View } from '../../../sandbox/slack/model.ts';
import { inputBlocks } from '../../../sandbox/slack/validate/view.ts';
import { eventually } from '../../support/eventually.ts';
import { ID, PENDING } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { ALERTS, ORDERS } from './listeners-cloud.ts';
import { type Stage, setStage } from './listeners-stage.ts';

const COMMAND = '/vpc-endpoint';
const element = (view: View, id: string): Json =>
  asJson(inputBlocks(view).find(({ block_id }) => block_id === id)?.element);

async function openForm(stage: Stage, typed = ''): Promise<View> {
  const ann = stage.slack.as('U0ANN');
  await ann.command('C0DATA', COMMAND, `create ${typed}`);
  return ann.waitForView('create_endpoint');
}

describe('the command', () => {
  it('opens the form in one call, once it knows who reads it, with what was typed', async () => {
    const stage = await setStage();
    const view = await openForm(stage, `${ALERTS} \`${ORDERS}\`, cn-hangzhou-i`);
    await openForm(stage);
    await stage.slack.waitFor(() => stage.slack.log.count('views.open') === 2);
    expect(stage.slack.log.calls.map(({ method }) => method)).toEqual(['users.info', 'views.open', 'views.open']);
    expect(stage.redis.fails).toBe(false);
    expect(asJson(element(view, 'instance').initial_option).value).toBe(ORDERS);
    expect(asJson(element(view, 'service').initial_option).value).toBe(ALERTS);
    expect(asJson(element(view, 'zone').initial_option).value).toBe('cn-hangzhou-i');
    expect(element(view, 'channel')).toMatchObject({
      initial_conversation: 'C0DATA',
      default_to_current_conversation: true,
    });
    expect(JSON.parse(view.private_metadata)).toEqual({ request: 'req_01JGTWZ8M0ABCDEFGHJKMNPQ01', origin: 'C0DATA' });
    expect(JSON.stringify(view.blocks)).toContain('Elasticsearch → your VPC');
  });

  it('has the blocks that were agreed on', async () => {
    const stage = await setStage({ accounts: ['prod', 'test'] });
    const view = await openForm(stage);
    const inputs = inputBlocks(view);
    expect(inputs.map(({ block_id }) => block_id)).toEqual([
      ...['account', 'instance', 'service', 'zone', 'reason', 'mode', 'lifetime', 'channel'],
    ]);
    expect(inputs.map((block) => asJson(block.element).action_id)).toEqual(inputs.map(({ block_id }) => block_id));
    const dispatching = inputs.filter(({ dispatch_action }) => dispatch_action === true);
    expect(dispatching.map(({ block_id }) => block_id)).toEqual(['account', 'instance', 'service']);
    for (const id of ['instance', 'service', 'zone']) {
      expect(element(view, id)).toMatchObject({ type: 'external_select', min_query_length: 0 });
    }
    expect(asJson(element(view, 'mode').initial_option).value).toBe('create');
    expect(asJson(element(view, 'lifetime').initial_option).value).toBe('permanent');
  });

  it('opens the form although Redis and the cloud are away', async () => {
    const stage = await setStage();
    stage.redis.fails = true;
    stage.cloud.gate = new Promise(() => {});
    await openForm(stage);
  });

  it.each([
    ['', /create \[instance\]/],
    ['help', /create \[instance\]/],
    ['craete es-1', /Did you mean `\/vpc-endpoint create`\?/],
    ['sho', /Did you mean `\/vpc-endpoint show`\?/],
    ['<!channel> *x*', /There is no `!channel`\.\n/],
    ['zzzzzz', /There is no `zzzzzz`\.\n/],
  ])('answers %j with help', async (text, expected) => {
    const { slack } = await setStage();
    const ann = slack.as('U0ANN');
    await ann.command('C0DATA', COMMAND, text);
    expect(ann.ephemerals('C0DATA').map((message) => message.text)).toMatchObject([expect.stringMatching(expected)]);
    expect(slack.log.calls.map(({ method }) => method)).toEqual(['users.info']);
  });

  it('says what to do when the form does not open', async () => {
    const { slack, lines } = await setStage();
    slack.faults.add({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
    const ann = slack.as('U0ANN');
    expect(await ann.command('C0DATA', COMMAND, `create ${ORDERS}`)).toMatchObject({ ok: true });
    const [answer] = await slack.waitFor(() => ann.ephemerals().length > 0 && ann.ephemerals());
    expect(answer?.text).toContain(`\`/vpc-endpoint create ${ORDERS}\``);
    expect(slack.log.count('views.open')).toBe(1);
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('says nothing when the form is open already: the same command came to another process too', async () => {
    const { slack, lines } = await setStage();
    slack.faults.add({ method: 'views.open', kind: 'error', error: 'exchanged_trigger_id' });
    const ann = slack.as('U0ANN');
    expect(await ann.command('C0DATA', COMMAND, `create ${ORDERS}`)).toMatchObject({ ok: true });
    await eventually('the line', () => lines.some(({ message }) => message === 'the form for a new request is open'));
    expect(ann.ephemerals()).toEqual([]);
  });
});

describe('show', () => {
  const pending = given(...PENDING).as('pending');
  const ask = async (stage: Stage, text: string): Promise<string> => {
    const ann = stage.slack.as('U0ANN');
    const before = ann.ephemerals('C0DATA').length;
    await ann.command('C0DATA', COMMAND, text);
    return stage.slack.waitFor(() => ann.ephemerals('C0DATA')[before]?.text);
  };

  it('tells where a request is, and links its card', async () => {
    const stage = await setStage();
    stage.store(pending);
    const record = stage.records.get(ID);
    if (record === undefined) throw new Error('not stored');
    const permalink = 'https://acme.slack.com/archives/C0APPROVALS/p1';
    const delivery = {
      state: 'sent',
      channel: 'C0APPROVALS',
      ts: '1.1',
      notBefore: 0,
      failures: 0,
      sureAt: 0,
      permalink,
    } as const;
    const card = {
      key: 'm1',
      about: { kind: 'card' },
      to: { kind: 'channel', channel: 'C0APPROVALS' },
      delivery,
    } as const;
    stage.records.set(ID, { ...record, outgoing: [card] });
    const text = await ask(stage, `show ${ID.toLowerCase()}`);
    expect(text).toContain(pending.asked.operation.instanceId);
    expect(text).toContain(permalink);
  });

  it('says when there is none, which id it wants, and when it cannot know', async () => {
    const stage = await setStage();
    expect(await ask(stage, `show ${ID}`)).toContain('no request');
    expect(await ask(stage, 'show')).toContain('show req_');
    expect(await ask(stage, 'show ep-1')).toContain('show req_');
    stage.redis.fails = true;
    expect(await ask(stage, `show ${ID}`)).toContain('did not answer');
  });

  it('tells nothing to a guest', async () => {
    const stage = await setStage();
    stage.store(pending);
    stage.person.standing = 'guest';
    const answer = await ask(stage, `show ${ID}`);
    expect(answer).toContain('Nothing is shown.');
    expect(answer).not.toContain(pending.asked.operation.instanceId);
  });
});
