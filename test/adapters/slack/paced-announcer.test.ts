/** An announcer that slows down: who has to wait is not sent, a 429 holds its lane, and without Redis it goes on. */
import { beforeEach, describe, expect, it } from 'vitest';
import { paced } from '../../../src/adapters/slack/paced-announcer.ts';
import type { Announcer, SendResult } from '../../../src/application/ports/announcer.ts';
import type { Lane, Urgency } from '../../../src/application/ports/pace.ts';
import type { About, Destination } from '../../../src/application/record.ts';
import { SUCCEEDED } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { outgoing, QUIET, recordWith, sentCard } from './announcer-stage.ts';

const TOLD = { at: 0, event: { type: 'expired' } } as const;
const CHANNEL: Destination = { kind: 'channel', channel: 'C1' };
const SENT: SendResult = { kind: 'sent', channel: 'C1', ts: '1.000100' };
const SLOWER: SendResult = { kind: 'busy', error: 'ratelimited', afterMs: 30_000 };

const asked: [lane: string, spacingMs: number, key: string, urgency: Urgency][] = [];
const held: [lane: string, forMs: number][] = [];
const called: string[] = [];
let waitMs: number | Error = 0;
let answer: SendResult = SENT;

beforeEach(() => {
  for (const list of [asked, held, called]) list.length = 0;
  waitMs = 0;
  answer = SENT;
});

const pace = {
  ask({ name, spacingMs }: Lane, key: string, urgency: Urgency) {
    asked.push([name, spacingMs, key, urgency]);
    return waitMs instanceof Error ? Promise.reject(waitMs) : Promise.resolve(waitMs);
  },
  hold({ name }: Lane, forMs: number) {
    held.push([name, forMs]);
    return Promise.resolve();
  },
};
const inner: Announcer = {
  render: () => RENDERED,
  find: () => Promise.resolve({ kind: 'absent' }),
  permalink: () => Promise.resolve(''),
  canPost: () => Promise.resolve(true),
  send: () => {
    called.push('send');
    return Promise.resolve(answer);
  },
  update: () => {
    called.push('update');
    return Promise.resolve(answer.kind === 'sent' ? { kind: 'updated' as const } : answer);
  },
};
const RENDERED = { hash: 'h', plain: false, payload: undefined };
const { request } = given(...SUCCEEDED);
const announcer = paced(inner, pace, QUIET);

function send(about: About, to: Destination): Promise<SendResult> {
  const message = outgoing(about, to);
  return announcer.send(message, recordWith(request, sentCard('C9', '1.0'), message), RENDERED);
}

describe('a message', () => {
  it.each<[About, Destination, lane: string, Urgency]>([
    [{ kind: 'card' }, CHANNEL, 'post:C1', 'urgent'],
    [{ kind: 'result' }, CHANNEL, 'post:C1', 'urgent'],
    [{ kind: 'notice', told: TOLD }, { kind: 'person', user: 'U1' }, 'post:U1', 'urgent'],
    [{ kind: 'thread', told: [TOLD] }, { kind: 'card-thread' }, 'post:C9', 'can-wait'],
    [{ kind: 'audit-line', told: TOLD }, CHANNEL, 'post:C1', 'can-wait'],
    [{ kind: 'receipt', command: 'approve', seq: 1 }, { kind: 'ephemeral', user: 'U1' }, 'ephemeral', 'urgent'],
  ])('%o to %o asks in its lane', async (about, to, lane, urgency) => {
    expect(await send(about, to)).toEqual(SENT);
    expect(asked.map(([name, , key, how]) => [name, key, how])).toEqual([
      [lane, `${request.id}:${about.kind}`, urgency],
    ]);
    expect(called).toEqual(['send']);
  });

  it('through a response URL asks nobody', async () => {
    const responseUrl = 'https://hooks.slack.com/x';
    await send({ kind: 'receipt', command: 'approve', seq: 1 }, { kind: 'ephemeral', user: 'U1', responseUrl });
    expect([asked, called]).toEqual([[], ['send']]);
  });

  it('that has to wait is not sent', async () => {
    waitMs = 7_000;
    expect(await send({ kind: 'card' }, CHANNEL)).toEqual({ kind: 'busy', error: 'others_first', afterMs: 7_000 });
    expect(called).toEqual([]);
  });

  it('that is too fast for Slack holds its lane, and no other', async () => {
    answer = SLOWER;
    expect(await send({ kind: 'card' }, CHANNEL)).toEqual(SLOWER);
    expect(held).toEqual([['post:C1', 30_000]]);
  });

  it('is sent when nobody can say how fast', async () => {
    waitMs = new Error('Redis is away');
    expect(await send({ kind: 'card' }, CHANNEL)).toEqual(SENT);
  });
});

describe('an update', () => {
  const at = { channel: 'C9', ts: '1.0' };

  it('has one lane with all others, at Slack’s 50 a minute', async () => {
    expect(await announcer.update(at, RENDERED)).toEqual({ kind: 'updated' });
    expect(asked).toEqual([['update', 60_000 / 50, 'C9:1.0', 'urgent']]);
  });

  it('waits like a message, and holds its lane', async () => {
    answer = SLOWER;
    expect(await announcer.update(at, RENDERED)).toEqual(SLOWER);
    waitMs = 1_200;
    expect(await announcer.update(at, RENDERED)).toMatchObject({ kind: 'busy', afterMs: 1_200 });
    expect([called, held]).toEqual([['update'], [['update', 30_000]]]);
  });
});
