/** When an acceptance sends nothing: its claim has no room for a whole call any more, or another request's turn it is. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { acceptConnection } from '../../src/application/effects/accept-connection.ts';
import type { Workspace } from '../../src/application/workspace.ts';
import { LADDER } from '../../src/domain/decision.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Request } from '../../src/domain/request.ts';
import { SUCCEEDED, T0 } from '../support/samples.ts';

const CLAIMED = [
  ...SUCCEEDED,
  { type: 'connection-unaccepted', status: 'Disconnected', byBot: true, nextLookAt: T0 },
  { type: 'acceptance-ordered' },
  { type: 'acceptance-claimed', claim: { holder: 'run-1', since: T0, until: T0 + LADDER.claimMs } },
] as const;
const REQUEST = CLAIMED.reduce<Request | undefined>(
  (state, event) => evolve(state, event, { now: T0, wall: T0 }),
  undefined,
);
const LAST_MOMENT_MS = LADDER.claimMs - LADDER.callMs;

let passed = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => passed);
  vi.spyOn(Date, 'now').mockImplementation(() => passed);
});
afterEach(() => vi.restoreAllMocks());

/** @param answerMs how long Redis's answer takes to be read. */
async function accept({ answerMs = 0, isOurTurn = true }) {
  passed = 0;
  let sent = 0;
  const acceptIt = () => {
    sent += 1;
    return Promise.resolve({ ok: true, value: undefined });
  };
  const workspace = {
    accounts: new Map([['prod', { acceptConnection: acceptIt }]]),
    clock: {
      read: () => {
        passed += answerMs;
        return Promise.resolve({ now: T0, wall: T0 });
      },
    },
    slots: { takeTurn: () => Promise.resolve(isOurTurn), endTurn: () => Promise.resolve() },
  };
  if (REQUEST === undefined) throw new Error('no request');
  await acceptConnection(REQUEST, { tries: 0 }, workspace as unknown as Workspace);
  return sent;
}

it('is sent as late as a whole call fits into the claim, and no later, counting the time that an answer lay unread', async () => {
  expect(await accept({ answerMs: LAST_MOMENT_MS })).toBe(1);
  expect(await accept({ answerMs: LAST_MOMENT_MS + 1 })).toBe(0);
});

it('is not sent while it is another request’s turn', async () => {
  expect(await accept({ isOurTurn: false })).toBe(0);
});
