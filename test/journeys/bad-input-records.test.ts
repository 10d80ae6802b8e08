/** A record in Redis that can't be read, through the real process: it is left alone, people are told, the others go on. */
import { describe, expect, it } from 'vitest';
import { textOf } from '../../sandbox/journey.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import type { Person } from '../../sandbox/slack/people/person.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { oneModalAtATime, Story, says } from '../support/story.ts';

const here = stageOfFile();

const WORDS = 'can’t be read';
const DUE = '{vpce:T0ACME}:due';
const recordKey = (id: string) => `{vpce:T0ACME}:request:${id}`;
const inboxKey = (id: string) => `{vpce:T0ACME}:inbox:${id}`;

interface Record {
  schema: unknown;
  request: { [field: string]: unknown };
}

/** Breaks what is stored of a request. */
type Break = (id: string, data: Record) => Promise<unknown>;

const write = (change: (data: Record) => void): Break => {
  return async (id, data) => {
    change(data);
    await here.redis.client().hset(recordKey(id), 'data', JSON.stringify(data));
  };
};

const BREAKS: [string, Break, string][] = [
  ['is not JSON', (id) => here.redis.client().hset(recordKey(id), 'data', '{"secret words'), 'not JSON'],
  [
    'has a schema of tomorrow',
    write((data) => {
      data.schema = 2;
    }),
    'schema',
  ],
  [
    'lacks a field',
    write(({ request }) => {
      delete request.requester;
    }),
    'request.requester',
  ],
  [
    'has a status of tomorrow',
    write(({ request }) => {
      request.status = 'teleported';
    }),
    'request.status',
  ],
  [
    'is another request’s',
    write(({ request }) => {
      request.id = 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV';
    }),
    'request.id',
  ],
  ['has no number for its version', (id) => here.redis.client().hset(recordKey(id), 'version', 'x'), 'version'],
  [
    'is of another type',
    async (id) => {
      await here.redis.client().del(recordKey(id));
      await here.redis.client().set(recordKey(id), 'x');
    },
    'another type of key',
  ],
  ['has a broken inbox', (id) => here.redis.client().rpush(inboxKey(id), '{"secret words'), 'inbox entry'],
];

async function broken(by: Break): Promise<{ story: Story; card: Message }> {
  const story = new Story(here);
  const card = await story.askForCard();
  await story.hears('U0ANN', 'Open the card');
  const client = here.redis.client();
  // Nothing of it is under way any more: what it waits for is far away.
  await eventually('that it rests', async () => Number(await client.zscore(DUE, story.id)) > Date.now() + 60_000);
  const data = JSON.parse(String(await client.hget(recordKey(story.id), 'data'))) as Record;
  await by(story.id, data);
  return { story, card };
}

const stored = (id: string) => here.redis.client().dump(recordKey(id));
const linesAbout = (id: string) => here.stage.bot.lines.filter(({ request }) => request === id);
const complaints = (id: string) => linesAbout(id).filter(({ msg }) => String(msg).includes('left as it is'));

/** Two people at work; nobody else hears that anything can't be read meanwhile. */
function everybodyIsTold(story: Story, card: Message): Promise<void> {
  const { slack } = here;
  const [ann, ben] = [slack.as('U0ANN'), slack.as('U0BEN')];
  const isTold = async (who: Person, work: () => Promise<unknown>) => {
    const before = who.ephemerals().length;
    await work();
    await slack.waitFor(() => who.ephemerals().slice(before).find(says(WORDS)), { what: 'an answer' });
  };
  return oneModalAtATime(slack, 'U0BEN', async () => {
    await isTold(ben, () => ben.click(card, 'approve'));
    await isTold(ann, () => ann.click(card, 'edit'));
    await isTold(ann, () => ann.command('C0DATA', '/vpc-endpoint', `show ${story.id}`));
    await ben.click(card, 'reject');
    const form = await ben.waitForView('reject_request');
    await ben.type(form, 'reason', 'no');
    expect(await ben.submit(form)).toEqual({ outcome: 'errors', errors: { reason: expect.stringContaining(WORDS) } });
    await ben.close(form);
  });
}

// Side by side, since each mostly waits for its own request to rest.
describe.concurrent('a record that', () => {
  it.each(BREAKS)(
    '%s is not touched, everybody who asks is told, and the log names the place',
    async (_what, by, place) => {
      const { story, card } = await broken(by);
      const before = await stored(story.id);
      await everybodyIsTold(story, card);

      // Its time comes: it is looked at, left alone, and put off.
      await here.redis.client().zadd(DUE, Date.now(), story.id);
      await eventually('a line that names the place', () =>
        complaints(story.id).some(({ problem }) => String(problem).includes(place)),
      );
      expect(await stored(story.id)).toEqual(before);
      expect(JSON.stringify(linesAbout(story.id))).not.toContain('secret words');
      expect(story.creates()).toEqual([]);
      expect(textOf(card)).toContain('Waiting for approval');

      const other = new Story(here);
      await other.askAndApprove();
      await other.ends();
    },
  );
});

describe('it does not keep the process busy', () => {
  it('each time it is put off for longer, until it is mended; then it goes on', async () => {
    const client = here.redis.client();
    const [, lacks] = BREAKS.slice(1);
    if (lacks === undefined) throw new Error('no such break');
    const { story, card } = await broken(lacks[1]);
    const pauses: number[] = [];
    for (let round = 1; round <= 3; round += 1) {
      await client.zadd(DUE, Date.now(), story.id);
      await eventually(`look ${round}`, () => complaints(story.id).length === round);
      pauses.push(Number(complaints(story.id).at(-1)?.pauseMs));
    }
    expect(pauses).toEqual([30_000, 60_000, 120_000]);
    expect(Number(await client.zscore(DUE, story.id))).toBeGreaterThan(Date.now() + 100_000);

    const data = JSON.parse(String(await client.hget(recordKey(story.id), 'data'))) as Record;
    await write(({ request }) => {
      request.requester = 'U0ANN';
    })(story.id, data);
    await here.slack.as('U0BEN').click(card, 'approve');
    await story.ends();
  });

  it('what is due without being a request’s name is passed over', async () => {
    await here.redis.client().zadd(DUE, 1, 'nonsense', 1, '');
    const story = new Story(here);
    await story.askAndApprove();
    await story.ends();
    expect(here.stage.bot.lines.filter(({ msg }) => String(msg).includes('sweep failed'))).toEqual([]);
  });
});
