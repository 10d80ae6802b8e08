/** A Slack that hangs, is late, closes channels or is away for an hour, through the real process: all heals, nothing is said twice. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import type { FaultKind, FaultSpec } from '../../sandbox/slack/faults.ts';
import type { Channel, Json } from '../../sandbox/slack/model.ts';
import { BOT_USER, channel, person, sampleWorkspace } from '../../sandbox/slack/sample-workspace.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { CREATED, Story, says } from '../support/story.ts';

const MINUTE = 60_000;
const PATIENCE_MS = 40_000;

const REVOKED: FaultKind = { kind: 'error', error: 'token_revoked' };

const PEOPLE = ['U0ANN', 'U0BEN', 'U0CAT', 'U0DAN', BOT_USER];

interface Closing {
  /** What Slack answers to a post there. */
  readonly error: string;
  readonly isPrivate: boolean;
  readonly close: (channel: Channel) => void;
  readonly open: (channel: Channel) => void;
}

const removal = {
  close: ({ members }: Channel) => void members.delete(BOT_USER),
  open: ({ members }: Channel) => void members.add(BOT_USER),
};

/** What can become of a channel while a request waits there; each plays in a channel and with an instance of its own. */
const CLOSINGS: readonly Closing[] = [
  { error: 'not_in_channel', isPrivate: false, ...removal },
  { error: 'channel_not_found', isPrivate: true, ...removal },
  {
    error: 'is_archived',
    isPrivate: false,
    close: (of) => {
      of.is_archived = true;
    },
    open: (of) => {
      of.is_archived = false;
    },
  },
];
const instanceOf = ({ error }: Closing) => `es-cn-own${error.replaceAll('_', '').slice(0, 12)}`;
const channelOf = ({ error }: Closing) => `C0${error.toUpperCase().replaceAll('_', '')}`;

const state = sampleCloud();
const [likeThese] = state.instances;
if (likeThese === undefined) throw new Error('no instance');
state.instances.push(...CLOSINGS.map((closing) => ({ ...likeThese, instanceId: instanceOf(closing) })));

const here = stageOfFile({
  cloud: { state },
  slack: {
    channels: [
      ...sampleWorkspace().channels,
      ...CLOSINGS.map((closing) =>
        channel(channelOf(closing), closing.error, PEOPLE, { is_private: closing.isPrivate }),
      ),
    ],
  },
  config: (usual) => ({
    ...usual,
    rules: [
      ...CLOSINGS.map((closing) => ({
        name: closing.error,
        match: { instance: instanceOf(closing) },
        steps: [{ users: ['U0BEN'], required: 1 }],
        channel: channelOf(closing),
      })),
      ...usual.rules,
    ],
  }),
});

/** Whether a call is about a message of this request; `key` is how the key of the message begins. */
function about(story: Story, key = ''): NonNullable<FaultSpec['matching']> {
  return ({ metadata }) => {
    const { event_payload: payload } = (typeof metadata === 'string' ? JSON.parse(metadata) : (metadata ?? {})) as {
      event_payload?: Json;
    };
    return payload?.request_id === story.id && String(payload.message).startsWith(key);
  };
}

/** Everything was told, and nothing twice. */
async function endsOnce(story: Story): Promise<void> {
  const endpoint = await story.ends(PATIENCE_MS);
  await story.hears(story.wish.who ?? 'U0ANN', endpoint.domain);
  await here.slack.waitFor(() => story.auditLines()[0], { timeoutMs: PATIENCE_MS, what: 'an audit line' });
  expect(story.creates()).toHaveLength(1);
  expect(story.doubled()).toEqual([]);
  expect(story.cards().map(buttonsOf)).toEqual([[]]);
  expect(story.results()).toHaveLength(1);
  for (const once of [/asked for it/g, /approved it/g, /its domain is/g]) {
    expect(story.told().match(once)).toHaveLength(1);
  }
}

/** Whether everybody has heard of its end, wherever they look. */
function isTold(story: Story): boolean {
  const [endpoint] = story.endpoints();
  return (
    endpoint !== undefined &&
    story.cards().some(says(CREATED)) &&
    story.results().length > 0 &&
    story.told().includes('its domain is') &&
    story.auditLines().length > 0 &&
    story.heard(story.wish.who ?? 'U0ANN').some(says(endpoint.domain))
  );
}

/** Lets time pass until it is so: what was put off just before may be put off from then on. */
async function asTimePasses(what: string, look: () => unknown): Promise<void> {
  const { slack, stage } = here;
  const soon = async () => {
    await stage.advance(2 * MINUTE);
    return await slack.waitFor(() => Boolean(look()), { timeoutMs: 1_000 }).catch(() => false);
  };
  await eventually(what, soon, PATIENCE_MS);
}

// Side by side, since each mostly waits for its own answer that does not come.
describe.concurrent('a post whose answer never comes', () => {
  it.each([
    ['is there at once', 'after'],
    ['lands only when the bot has given up waiting', 'before'],
  ] as const)(
    'and that %s is found, kept up to date, and not sent again',
    async (_what, when) => {
      const { slack, stage } = here;
      const story = new Story(here);
      const hangs = (key: string) =>
        slack.faults.add({ method: 'chat.postMessage', kind: 'hang', when, matching: about(story, key) });
      const givenUp = (key: string) => () =>
        stage.bot.lines.some(({ request, message, result }) => {
          return request === story.id && message === key && result === 'unclear';
        });
      const [card, result] = [hangs('card'), hangs('result')];
      await story.ask();
      await eventually('the bot gives up waiting for the card', givenUp('card'), PATIENCE_MS);
      if (when === 'before') expect(story.cards()).toEqual([]);
      card.remove();
      // A reply needs to know where the card is.
      await story.threadSays('it waits for approval');
      await slack.as('U0BEN').click(await story.cardWith('approve'), 'approve');
      await eventually('the bot gives up waiting for the result', givenUp('result'), PATIENCE_MS);
      result.remove();
      const { ts } = await story.result();
      const updated = () => slack.log.calls.some(({ method, args }) => method === 'chat.update' && args.ts === ts);
      await slack.waitFor(updated, { timeoutMs: PATIENCE_MS, what: 'an update of the result' });
      await endsOnce(story);
    },
    2 * PATIENCE_MS,
  );
});

describe.concurrent('an update that lands late', () => {
  it(
    'over a newer one is made good again: the card shows what is true',
    async () => {
      const { slack, stage } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      await story.threadSays('it waits for approval');
      // So that there is something to show before the end.
      const slow = { type: 'delay', ms: 1_000 } as const;
      stage.cloud.faults.add({
        action: 'CreateVpcEndpoint',
        dryRun: false,
        about: story.service,
        when: 'before',
        kind: slow,
      });
      const held = slack.faults.add({ method: 'chat.update', kind: 'hang', matching: about(story, 'card') });
      await slack.as('U0BEN').click(card, 'approve');
      await slack.waitFor(() => held.holding === 1, { what: 'the update' });
      await story.cardSays(CREATED);
      await endsOnce(story);
      await story.threadSays('The connection is up');
      await story.cardSays('Connection: up.');
      held.remove();
      await slack.waitFor(() => !CREATED.test(textOf(card)), { what: 'an old card' });
      await stage.advance(MINUTE);
      await story.cardSays(CREATED);
      await story.cardSays('Connection: up.');
      expect(buttonsOf(card)).toEqual([]);
    },
    PATIENCE_MS,
  );
});

// Not beside the others, whose time it would move on.
describe('a channel that is closed to the bot while a request waits there', () => {
  it.concurrent.each(CLOSINGS.map((closing) => [closing.error, closing] as const))(
    '(%s): what was approved is carried out, and card and thread are as they must be once it is open again',
    async (error, closing) => {
      const { slack } = here;
      const story = new Story(here, { instance: instanceOf(closing) });
      const card = await story.askForCard();
      expect(card.channel).toBe(channelOf(closing));
      await story.threadSays('it waits for approval');
      const room = slack.workspace.channel(card.channel);
      closing.close(room);
      await slack.as('U0BEN').click(card, 'approve');
      const refused = ({ args, answer }: { args: Json; answer: Json }) =>
        args.channel === card.channel && answer.error === error;
      await slack.waitFor(() => slack.log.calls.find(refused), {
        timeoutMs: PATIENCE_MS,
        what: `a call with ${error}`,
      });
      const result = await story.result(PATIENCE_MS);
      expect(textOf(result)).toContain(story.endpoints()[0]?.domain);
      expect(story.told()).not.toContain('its domain is');

      // Somebody else asks meanwhile, and there is nowhere to put the card.
      const later = new Story(here, { instance: instanceOf(closing), who: 'U0DAN' });
      await later.ask();
      const isRefusedCard = (call: { args: Json; answer: Json }) => refused(call) && about(later, 'card')(call.args);
      await slack.waitFor(() => slack.log.calls.find(isRefusedCard), {
        timeoutMs: PATIENCE_MS,
        what: 'a refused card',
      });

      closing.open(room);
      await asTimePasses('all is told', () => isTold(story));
      await endsOnce(story);
      expect(story.cards()).toEqual([card]);
      await asTimePasses('the card', () => later.cards().length > 0);
      await slack.as('U0BEN').click(await later.cardWith('approve'), 'approve');
      await endsOnce(later);
    },
    2 * PATIENCE_MS,
  );
});

/** Whoever has a rule's names on a card was looked up for that; this one came after it. @returns their id. */
function joinsTheApprovers(id: string): string {
  const { workspace } = here.slack;
  workspace.users.set(id, person(id, id.toLowerCase(), `Newcomer ${id}`));
  workspace.channels.get('C0APPROVALS')?.members.add(id);
  workspace.userGroups.get('S0SRE')?.users.push(id);
  return id;
}

// One after the other, and after all others: nobody reaches Slack meanwhile.
describe('a Slack that nobody reaches', () => {
  it('for a moment: somebody whom it could not name meanwhile is told that nothing was done', async () => {
    const { slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    const outage = slack.faults.add({ method: '*', kind: 'reset', times: Number.POSITIVE_INFINITY });
    onTestFinished(() => outage.remove());
    const failing = () => slack.log.calls.filter(({ fault }) => fault !== undefined).length;
    const before = failing();
    const newcomer = joinsTheApprovers('U0NEW1');
    await slack.as(newcomer).click(card, 'approve');
    await slack.waitFor(() => failing() > before + 2, { timeoutMs: PATIENCE_MS, what: 'calls that fail' });
    outage.remove();
    await story.hears(newcomer, 'Slack could not tell in time who you are, so nothing was done');
    expect(buttonsOf(card)).toContain('approve');
  });

  it.each<[string, readonly [FaultKind, FaultKind, FaultKind]]>([
    [
      'for an hour since connections break and its servers fail',
      [{ kind: 'reset' }, { kind: 'server_error', status: 503 }, { kind: 'server_error' }],
    ],
    ['for an hour since the token is revoked', [REVOKED, REVOKED, REVOKED]],
  ])(
    '%s: no click counts of somebody whom it can’t name, what was approved is carried out, and all is told once it is over',
    async (_what, [first, ...then]) => {
      const { slack, cloud, stage } = here;
      const [waiting, approved] = [new Story(here), new Story(here)];
      const card = await waiting.askForCard();
      await waiting.threadSays('it waits for approval');
      const approvedCard = await approved.askForCard();
      const delay = { type: 'delay', ms: 500 } as const;
      const { service } = approved;
      cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, about: service, when: 'before', kind: delay });
      await slack.as('U0BEN').click(approvedCard, 'approve');
      await eventually('the create', () => approved.creates().length === 1);

      const failing = () => slack.log.calls.filter(({ fault }) => fault !== undefined).length;
      const breakDown = (kind: FaultKind) => {
        const fault = slack.faults.add({ method: '*', times: Number.POSITIVE_INFINITY, ...kind });
        onTestFinished(() => fault.remove());
        return fault;
      };
      let outage = breakDown(first);
      await eventually('the endpoint', () => approved.endpoints().length === 1);
      // Nobody can say now who they are.
      await slack.as(joinsTheApprovers('U0NEW2')).click(card, 'approve');
      for (const kind of [first, ...then]) {
        outage.remove();
        outage = breakDown(kind);
        const before = failing();
        await stage.advance(20 * MINUTE);
        await slack.waitFor(() => failing() > before, { timeoutMs: PATIENCE_MS, what: 'calls that fail' });
      }
      expect(approved.results()).toEqual([]);
      expect(waiting.creates()).toEqual([]);
      outage.remove();
      await asTimePasses('all is told', () => isTold(approved));
      await endsOnce(approved);

      expect(buttonsOf(card)).toContain('approve');
      await slack.as('U0BEN').click(card, 'approve');
      await endsOnce(waiting);
    },
    2 * PATIENCE_MS,
  );
});
