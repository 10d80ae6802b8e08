/** How a create waits for its turn: what it tells the line, and when it sends nothing. The line itself is Redis's. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { create } from '../../src/application/effects/create.ts';
import type { Turn } from '../../src/application/ports/slots.ts';
import type { Workspace } from '../../src/application/workspace.ts';
import { LADDER } from '../../src/domain/decision.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Request } from '../../src/domain/request.ts';
import { EXECUTING, T0 } from '../support/samples.ts';

const MOMENT = { now: T0, wall: T0 };
const EXECUTED = EXECUTING.reduce<Request | undefined>((state, event) => evolve(state, event, MOMENT), undefined);
const LAST_MOMENT = T0 + LADDER.claimMs - LADDER.callMs;

/** By both clocks of the machine. */
let passed = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => passed);
  vi.spyOn(Date, 'now').mockImplementation(() => passed);
});
afterEach(() => vi.restoreAllMocks());

interface Line {
  /** In order; the last one is the answer from then on. */
  readonly turns: readonly (Turn | Error)[];
  /** How long each answer of Redis takes to be read. */
  readonly answerMs?: number;
  /** How much longer each pause takes than it should. */
  readonly lateMs?: number;
  readonly stop?: AbortSignal;
}

async function createIn({ turns, answerMs = 0, lateMs = 0, stop = new AbortController().signal }: Line) {
  passed = 0;
  const said: string[] = [];
  let asked = 0;
  const workspace = {
    settings: new Map([['prod', { createSpacingMs: 100 }]]),
    accounts: new Map([
      [
        'prod',
        {
          createEndpoint: () => {
            said.push(`sent at ${passed}`);
            return Promise.resolve({ ok: true, value: { id: 'ep-1', domain: 'ep-1.example' } });
          },
        },
      ],
    ]),
    clock: {
      read: () => {
        const wall = T0 + passed;
        passed += answerMs;
        return Promise.resolve({ now: wall, wall });
      },
    },
    slots: {
      begin: (_account: string, _of: object, wall: number) => {
        const turn = turns[Math.min(asked, turns.length - 1)];
        asked += 1;
        said.push(`asked at ${wall - T0}`);
        return turn instanceof Error ? Promise.reject(turn) : Promise.resolve(turn);
      },
      begun: (_account: string, _request: string, wall: number) => {
        said.push(`begun at ${wall - T0}`);
        return Promise.resolve();
      },
      leave: () => {
        said.push('left');
        return Promise.resolve();
      },
    },
    pause: (ms: number) => {
      passed += ms + lateMs;
      return Promise.resolve();
    },
    log: { warn: () => {} },
  };
  if (EXECUTED === undefined) throw new Error('no request');
  const outcome = await create(EXECUTED, { attempt: 1 }, workspace as unknown as Workspace, stop);
  const wasSent = outcome.kind === 'create-answered' && outcome.result.ok;
  return { said, wasSent };
}

const ask = (afterMs: number): Turn => ({ kind: 'ask', afterMs });
const begin = (afterMs: number): Turn => ({ kind: 'begin', afterMs });
const CLAIM_LENGTH = LAST_MOMENT - T0;

it('asks until it has its turn, sends at that moment, and says when that was', async () => {
  const { said, wasSent } = await createIn({ turns: [ask(90), begin(10)] });
  expect(said).toEqual(['asked at 0', 'asked at 90', 'sent at 100', 'begun at 100']);
  expect(wasSent).toBe(true);
});

it('waits only for what is left when the answer was slow', async () => {
  const { said } = await createIn({ turns: [begin(10)], answerMs: 7 });
  expect(said).toEqual(['asked at 0', 'sent at 10', 'begun at 10']);
});

it('sends as late as a whole call fits into the claim, and no later', async () => {
  const inTime = await createIn({ turns: [ask(CLAIM_LENGTH - 10), begin(10)] });
  expect(inTime.wasSent).toBe(true);
  const late = await createIn({ turns: [ask(CLAIM_LENGTH - 10), begin(11)] });
  expect(late.wasSent).toBe(false);
  expect(late.said.at(-1)).toBe('left');
});

it('counts the time that an answer lay unread', async () => {
  const { said, wasSent } = await createIn({ turns: [begin(0)], answerMs: CLAIM_LENGTH + 1 });
  expect(wasSent).toBe(false);
  expect(said).toEqual(['asked at 0', 'left']);
});

it('asks again when it has missed its turn by a second', async () => {
  const { said } = await createIn({ turns: [begin(10), begin(0)], lateMs: 1_000 });
  expect(said).toEqual(['asked at 0', 'asked at 1010', 'sent at 1010', 'begun at 1010']);
});

it('keeps its place through a Redis that fails for a moment, and gives up when its window is over', async () => {
  const away = new Error('Redis is away');
  const back = await createIn({ turns: [away, away, begin(0)] });
  expect(back.said).toEqual(['asked at 0', 'asked at 250', 'asked at 500', 'sent at 500', 'begun at 500']);
  const forGood = await createIn({ turns: [away] });
  expect(forGood.wasSent).toBe(false);
  expect(forGood.said.at(-1)).toBe('left');
  expect(passed).toBeLessThanOrEqual(CLAIM_LENGTH);
});

it('sends nothing once creates are stopped, or the process is', async () => {
  const halted = await createIn({ turns: [{ kind: 'halted', afterMs: 0 }] });
  expect(halted).toEqual({ said: ['asked at 0', 'left'], wasSent: false });
  const stopping = new AbortController();
  stopping.abort();
  const stopped = await createIn({ turns: [begin(0)], stop: stopping.signal });
  expect(stopped).toEqual({ said: ['left'], wasSent: false });
});
