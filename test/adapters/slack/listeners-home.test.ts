/** Home's event and buttons, `pending`, `who-can-approve` and "Why?": each answered to the one who asks, and to nobody else. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../sandbox/slack/model.ts';
import { buttonValue } from '../../../src/adapters/slack/blocks/button-value.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import type { Rule } from '../../../src/domain/policy/rule.ts';
import { eventually } from '../../support/eventually.ts';
import { ASKED, approvalBy, HOUR, ID, OTHER, precheckPassed, RULE, submitted, T0 } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { type Stage, setStage } from './listeners-stage.ts';

const COMMAND = '/vpc-endpoint';
/** Ben may, Ann asked. */
const rule: Rule = { ...RULE, steps: [{ users: ['U0BEN'], groups: ['S0SRE'], required: 2 }] };
const pending = { ...given(submitted(ASKED, rule), precheckPassed).as('pending'), requester: 'U0ANN' };
const { instanceId: instance, serviceId: service } = ASKED.operation;

async function stageWith(...ids: readonly RequestId[]): Promise<Stage> {
  const stage = await setStage();
  stage.rules.splice(0, stage.rules.length, rule);
  stage.roster.current = {
    people: [{ id: 'U0BEN', name: 'ben', standing: 'member' }],
    groups: [{ id: 'S0SRE', name: 'sre', members: ['U0CAT'] }],
  };
  for (const id of ids) stage.store({ ...pending, id });
  stage.lists.set('waiting', ids);
  return stage;
}

async function answered({ slack }: Stage, who: string, act: () => Promise<unknown>): Promise<string> {
  const person = slack.as(who);
  const before = person.ephemerals().length;
  await act();
  return await slack.waitFor(() => person.ephemerals()[before]?.text, { what: `an answer to ${who}` });
}

const ask = (stage: Stage, who: string, text: string) =>
  answered(stage, who, () => stage.slack.as(who).command('C0DATA', COMMAND, text));

describe('pending', () => {
  it('lists first what waits for the one who asks, and says who asked, how far it is and until when', async () => {
    const stage = await stageWith(OTHER, ID);
    const { approvals } = given(submitted(ASKED, rule), precheckPassed, approvalBy('U0BEN')).as('pending');
    stage.store({ ...pending, id: OTHER, approvals });
    const text = await ask(stage, 'U0BEN', 'pending');
    const [mine = '', others = ''] = text.split('*Waits for others*');
    expect(mine).toMatch(/^\*Waits for you\*\n• /);
    expect(mine).toContain(ID);
    expect(others).toContain(OTHER);
    expect(others).toContain('approved *1 of 2*');
    for (const fact of [instance, service, '<@U0ANN>', '`production`', `<!date^${(T0 + 8 * HOUR) / 1_000}^`]) {
      expect(mine).toContain(fact);
    }
    // Cat has not, and is in the group.
    expect(await ask(stage, 'U0CAT', 'pending')).toContain('等待你审批');
  });

  it('says that nothing waits, for them or at all, and when it can’t know', async () => {
    const stage = await stageWith(ID);
    expect(await ask(stage, 'U0ANN', 'pending')).toMatch(
      /^Nothing waits for your approval\.\n\*Waits for others\*\n• /,
    );
    stage.lists.clear();
    expect(await ask(stage, 'U0ANN', 'pending')).toBe('Nothing waits for approval.');
    stage.redis.fails = true;
    expect(await ask(stage, 'U0ANN', 'pending')).toContain('did not answer');
  });

  it('is cut where Slack would cut it, and says how much is left out', async () => {
    const ids = Array.from(
      { length: 230 },
      (_, index): RequestId => `req_01JGTWZ8M0ABCDEFGHJKMN${String(index).padStart(4, '0')}`,
    );
    const stage = await stageWith(...ids);
    const text = await ask(stage, 'U0BEN', 'pending');
    expect(text.length).toBeLessThan(4_000);
    const shown = text.match(/^• /gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(5);
    // The oldest come first.
    expect(text).toContain(ids[0]);
    expect(text).toMatch(new RegExp(`\nand ${ids.length - shown} more$`));
  });

  it('leaves out what was decided in this very moment, and tells a guest nothing', async () => {
    const stage = await stageWith(ID);
    stage.store({ ...pending, status: 'cancelled', by: 'U0ANN', at: T0 });
    expect(await ask(stage, 'U0BEN', 'pending')).toBe('Nothing waits for approval.');
    stage.person.standing = 'guest';
    const text = await ask(stage, 'U0GUS', 'pending');
    expect(text).toContain('Slack knows you as a guest');
    expect(text).not.toContain(instance);
  });
});

describe('who-can-approve', () => {
  it('explains a request, by its id in any form', async () => {
    const stage = await stageWith(ID);
    for (const typed of [ID, ID.toLowerCase(), ID.replace('req_', '')]) {
      const text = await ask(stage, 'U0BEN', `who-can-approve ${typed}`);
      expect(text).toContain('*Rule:* `production`, the first that matches: account `prod`.');
      expect(text).toContain('Could give it right now: ben, `U0CAT`');
      expect(text).toContain('you can approve it');
    }
    expect(await ask(stage, 'U0ANN', `who-can-approve ${ID}`)).toContain('whoever asks for it can’t approve it');
    expect(await ask(stage, 'U0DAN', `who-can-approve ${ID}`)).toContain('does not name you');
    expect(await ask(stage, 'U0DAN', `who-can-approve ${OTHER}`)).toContain('no request');
  });

  it('explains what somebody’s own request would fall under; no rule is an answer, too', async () => {
    const stage = await stageWith();
    const text = await ask(stage, 'U0BEN', `who-can-approve ${instance}`);
    expect(text).toContain('If you asked for an endpoint of');
    expect(text).toContain('this rule wants somebody else’s yes');
    expect(text).toContain('It expires after 8 hours');
    stage.rules.length = 0;
    expect(await ask(stage, 'U0BEN', `who-can-approve ${instance}`)).toContain(
      'No rule matches it, so it would be refused',
    );
    stage.rules.push({ ...rule, match: { lifetime: ['1d'] } });
    const mixed = await ask(stage, 'U0BEN', `who-can-approve ${instance}`);
    expect(mixed).toContain('No rule matches it');
    expect(mixed).toContain('With the lifetime 1 day: the rule `production`.');
  });

  it('says which groups keep it from being told', async () => {
    const stage = await stageWith(ID);
    stage.roster.current = { people: [], groups: [{ id: 'S0SRE', name: 'sre', problem: 'missing-scope' }] };
    const text = await ask(stage, 'U0DAN', `who-can-approve ${ID}`);
    expect(text).toContain('Slack did not say who is in @sre');
    expect(text).toContain('lacks the scope `usergroups:read`');
    stage.rules.unshift({ ...rule, name: 'ours', match: { requester: { users: [], groups: ['S0SRE'] } } });
    expect(await ask(stage, 'U0DAN', `who-can-approve ${instance}`)).toContain('can’t be told which rule');
  });

  it('asks for what is missing, and names the accounts to members only', async () => {
    const stage = await setStage({ accounts: ['prod', 'test'] });
    expect(await ask(stage, 'U0DAN', 'who-can-approve')).toContain('who-can-approve es-cn-… [account]');
    expect(await ask(stage, 'U0DAN', 'who-can-approve ep-1')).toContain('who-can-approve es-cn-… [account]');
    const which = await ask(stage, 'U0DAN', `who-can-approve ${instance} nowhere`);
    expect(which).toContain('`prod`, `test`');
    stage.person.standing = 'guest';
    expect(await ask(stage, 'U0DAN', `who-can-approve ${instance} nowhere`)).not.toContain('prod');
    expect(await ask(stage, 'U0DAN', `who-can-approve ${instance} prod`)).toContain('Slack knows you as a guest');
  });

  it('says when it can’t know, and what is still on its way', async () => {
    const stage = await stageWith(ID);
    stage.redis.fails = true;
    expect(await ask(stage, 'U0BEN', `who-can-approve ${ID}`)).toContain('did not answer');
  });
});

describe('Why?', () => {
  it('on a card is answered in the conversation, in the language of the one who clicked', async () => {
    const stage = await stageWith(ID);
    const card = stage.post(pending, ['why']);
    const click = (who: string) => answered(stage, who, () => stage.slack.as(who).click(card, 'why'));
    expect(await click('U0BEN')).toContain('you can approve it');
    expect(await click('U0CAT')).toContain('你可以批准');
    expect(stage.received).toEqual([]);
    expect(stage.slack.log.count('views.open')).toBe(0);
  });

  it('on a request that was refused, or decided long ago, tells that', async () => {
    const stage = await stageWith(ID);
    const card = stage.post(pending, ['why']);
    const click = () => answered(stage, 'U0BEN', () => stage.slack.as('U0BEN').click(card, 'why'));
    stage.store({ ...pending, status: 'expired', at: T0 });
    expect(await click()).toMatch(/Expired.*\n.*Rule:.*`production`/);
    stage.store(given(submitted(), { type: 'refused', refusal: { kind: 'no-rule' } }).request);
    expect(await click()).toContain('nobody is to approve it');
    stage.person.standing = 'stranger';
    expect(await click()).not.toContain(instance);
  });

  it('on Home opens a form to read; where it does not open, the answer comes as a direct message', async () => {
    const stage = await stageWith(ID);
    const ben = stage.slack.as('U0BEN');
    const home = await publish(stage, 'U0BEN', button('why', buttonValue(pending)));
    await ben.click(home, 'why');
    const view = await ben.waitForView('explanation');
    expect(JSON.stringify(view.blocks)).toContain('you can approve it');
    await ben.close(view, { all: true });

    stage.slack.faults.add({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
    await ben.click(home, 'why');
    const told = await stage.slack.waitFor(() => ben.dms()[0]);
    expect(told.text).toContain('you can approve it');
  });
});

describe('Home', () => {
  it('is shown to whoever opens it, and not to whoever opens the conversation', async () => {
    const stage = await stageWith();
    await stage.slack.as('U0ANN').openHome();
    await eventually('Home', () => stage.opened.includes('U0ANN'));
    await stage.slack.deliverEvent({ type: 'app_home_opened', user: 'U0BEN', channel: 'D0BEN', tab: 'messages' });
    await stage.slack.deliverEvent({ type: 'app_home_opened', user: 'not an id', tab: 'home' });
    await eventually('the line', () => stage.lines.some(({ message }) => message.includes('does not say who')));
    expect(stage.opened).toEqual(['U0ANN']);
  });

  it('has a button that opens the form for a new request; to a guest it says why not', async () => {
    const stage = await stageWith();
    const ann = stage.slack.as('U0ANN');
    const home = await publish(stage, 'U0ANN', button('new_request', 'home'));
    await ann.click(home, 'new_request');
    const view = await ann.waitForView('create_endpoint');
    expect(JSON.parse(view.private_metadata)).toEqual({ request: expect.stringMatching(/^req_/) });
    await ann.close(view, { all: true });
    stage.person.standing = 'guest';
    await ann.click(home, 'new_request');
    expect(await stage.slack.waitFor(() => ann.dms()[0]?.text)).toContain('Slack knows you as a guest');
  });
});

const button = (id: string, value: string): Json => ({
  type: 'button',
  action_id: id,
  text: { type: 'plain_text', text: id },
  value,
});

async function publish({ slack }: Stage, user: string, ...elements: Json[]) {
  const view = { type: 'home', blocks: [{ type: 'actions', elements }] };
  await fetch(`${slack.apiUrl}views.publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-local' },
    body: JSON.stringify({ user_id: user, view }),
  });
  const home = slack.as(user).home();
  if (home === undefined) throw new Error('no Home');
  return home;
}
