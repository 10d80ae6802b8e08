/** The scripts against a sequential model: whatever runs side by side on a real Redis, some order explains it. */
import fc from 'fast-check';
import { type Redis, ReplyError } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Exchange, type RedisCommand, unconfirmed } from '../../../src/adapters/redis/exchange.ts';
import { workspaceKeys } from '../../../src/adapters/redis/keys.ts';
import { createRequestStore } from '../../../src/adapters/redis/request-store.ts';
import type { Indexing } from '../../../src/application/indexes.ts';
import type { Commit, Requests } from '../../../src/application/ports/requests.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import { byText } from '../../support/by-text.ts';
import {
  type Call,
  committed,
  explained,
  listed,
  looked,
  NOTHING,
  received,
  requestIn,
  type Step,
  type Stored,
  tookDue,
  withAll,
} from '../../support/model-store.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';
import { approveEntry, commitOf, recordOf, submitEntry } from '../../support/stored.ts';
import { anIndexing, LISTS, storedLists } from './lists.ts';

const IDS: readonly RequestId[] = ['req_01K00000000000000000000000', 'req_01K00000000000000000000001'];
const NAMES = ['target:x', 'target:y'];
const KEYS = workspaceKeys('T0ACME');
const CONNECTIONS = 4;
const RUNS = 400;
/** A mistake has so many tries to show. */
const MUTANT_RUNS = 1_500;

let redis: PrivateRedis;
let clients: readonly Redis[];
beforeAll(async () => {
  redis = await startPrivateRedis();
  clients = Array.from({ length: CONNECTIONS }, () => redis.client());
});
afterAll(() => redis?.stop());

type Deed =
  | { readonly kind: 'receive'; readonly id: RequestId; readonly command: number; readonly submit: boolean }
  /** One of the run's commits: two deeds may name the same. */
  | { readonly kind: 'commit'; readonly which: number }
  | { readonly kind: 'take-due'; readonly now: number; readonly limit: number }
  | { readonly kind: 'peek' | 'load'; readonly id: RequestId }
  | { readonly kind: 'list'; readonly index: (typeof LISTS)[number]; readonly newest: boolean };

interface PlannedCommit {
  readonly id: RequestId;
  /** Against the version that the request has when it all begins: 0 is right, 1 is right after another commit. */
  readonly ahead: number;
  readonly marked: boolean;
  readonly taken: number;
  readonly hold: readonly string[];
  readonly release: readonly string[];
  readonly due: number | undefined;
  readonly index: Indexing | undefined;
}

const anId = fc.constantFrom(...IDS);
const aTime = fc.integer({ min: 1, max: 5 }).map((n) => n * 1_000);
const plannedCommit: fc.Arbitrary<PlannedCommit> = fc.record({
  id: anId,
  ahead: fc.constantFrom(0, 0, 0, 1, -1),
  marked: fc.constantFrom(true, true, false),
  taken: fc.integer({ min: 0, max: 2 }),
  hold: fc.subarray(NAMES),
  release: fc.subarray(NAMES),
  due: fc.option(aTime, { nil: undefined }),
  index: fc.option(anIndexing(aTime), { nil: undefined }),
});
const arrival: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constant('receive'),
  id: fc.constantFrom(...IDS.slice(0, 1), ...IDS),
  command: fc.nat(3),
  submit: fc.constant(true),
});
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('receive'), id: anId, command: fc.nat(3), submit: fc.boolean() }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('commit'), which: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('take-due'), now: aTime, limit: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('peek', 'load'), id: anId }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('list'), index: fc.constantFrom(...LISTS), newest: fc.boolean() }),
  },
);
const plan = fc.record({
  /** Done one after the other; there is something to decide before anything else. */
  first: fc
    .tuple(
      fc.array(fc.tuple(arrival, plannedCommit), { maxLength: 3 }),
      fc.array(fc.tuple(deed, plannedCommit), { maxLength: 4 }),
    )
    .map(([arrivals, deeds]) => [...arrivals, ...deeds]),
  commits: fc.array(plannedCommit, { minLength: 5, maxLength: 5 }),
  together: fc.array(deed, { minLength: 5, maxLength: 8 }),
});

function commitFor(planned: PlannedCommit, mark: number, before: Stored): { commit: Commit; mark: number | undefined } {
  const { id, ahead, marked, taken, hold, release, due, index } = planned;
  const { record, ...rest } = commitOf(id, {
    commitId: `commit-${String(mark).padStart(4, '0')}`,
    expectedVersion: requestIn(before, id).version + ahead,
    record: recordOf(id, mark),
    inboxTaken: taken,
    now: 2_000,
    hold,
    release,
    ...(due === undefined ? {} : { due }),
    ...(index === undefined ? {} : { index }),
  });
  return {
    commit: { ...rest, ...(marked && record !== undefined ? { record } : {}) },
    mark: marked ? mark : undefined,
  };
}

/** Does it for real. @returns its steps, for the model, with what was answered. */
async function doIt(store: Requests, what: Deed, of: (which: number) => ReturnType<typeof commitFor>): Promise<Call> {
  switch (what.kind) {
    case 'receive': {
      const { id, command, submit } = what;
      const entry = submit ? submitEntry(id, `command-${command}`) : approveEntry(`command-${command}`);
      return {
        steps: [received(id, entry.commandId, entry.at, submit)],
        answers: [await store.receive(id, entry)],
      };
    }
    case 'commit': {
      const { commit, mark } = of(what.which);
      return { steps: [committed(commit, mark)], answers: [await store.commit(commit)] };
    }
    case 'take-due': {
      const { now, limit } = what;
      return { steps: [tookDue(now, 30_000, limit)], answers: [await store.takeDue(now, 30_000, limit)] };
    }
    case 'list': {
      const { index, newest } = what;
      const ids = await store.list(index, { newest, limit: 1 });
      return { steps: [listed(index, newest, 1)], answers: [ids] };
    }
    // Both look twice, and somebody may come between: the version is what a commit is fenced by.
    case 'peek': {
      const { version, waiting } = await store.peek(what.id);
      const steps = [looked(what.id, (request) => request.version), looked(what.id, ({ inbox }) => inbox.length)];
      return { steps, answers: [version, waiting] };
    }
    case 'load': {
      const { version, record, inbox } = await store.load(what.id);
      const steps: Step[] = [
        looked(what.id, (request) => [request.version, request.mark ?? null]),
        looked(what.id, (request) => request.inbox),
      ];
      return { steps, answers: [[version, record?.messages ?? null], inbox.map(({ commandId }) => commandId)] };
    }
  }
}

async function storedNow(store: Requests, client: Redis): Promise<Stored> {
  const requests: Record<RequestId, Stored['requests'][RequestId]> = {};
  for (const id of IDS) {
    const { version, record, inbox } = await store.load(id);
    const [commits, seen, audited, due] = await Promise.all([
      client.hget(KEYS.record(id), 'commits'),
      client.smembers(KEYS.seen(id)),
      client.llen(KEYS.audit(id)),
      client.zscore(KEYS.due, id),
    ]);
    requests[id] = {
      version,
      mark: record?.messages,
      commits: (commits ?? '').split(' ').filter((each) => each !== ''),
      inbox: inbox.map(({ commandId }) => commandId),
      seen: seen.sort(),
      audited,
      due: due === null ? undefined : Number(due),
    };
  }
  const indexes = await storedLists(client, KEYS);
  return { requests, held: Object.fromEntries(await store.holders(NAMES)), indexes };
}

type Around = (send: Exchange) => Exchange;

/** @param around stands between the store and Redis, and may make a mistake. */
function property(around: Around = (send) => send) {
  return fc.asyncProperty(plan, async ({ first, commits, together }) => {
    await redis.flush();
    const stores = clients.map((client) => createRequestStore(client, 'T0ACME', around(unconfirmed(client))));
    const [store] = stores;
    const [client] = clients;
    if (store === undefined || client === undefined) throw new Error('no connection');

    let model = NOTHING;
    for (const [index, [each, planned]] of first.entries()) {
      const { steps, answers } = await doIt(store, each, () => commitFor(planned, index + 1, model));
      for (const [at, step] of steps.entries()) {
        const [answer, after] = step(model);
        expect(answers[at]).toEqual(answer);
        model = after;
      }
    }
    const before = withAll(model, IDS);
    expect(await storedNow(store, client)).toEqual(before);

    const made = commits.map((planned, index) => commitFor(planned, 100 + index, model));
    const calls = await Promise.all(
      together.map((each, index) => doIt(pick(stores, index), each, (which) => pick(made, which))),
    );
    expect(explained(before, calls, await storedNow(store, client))).toBe(true);
  });
}

function pick<T>(some: readonly T[], index: number): T {
  const picked = some[index % some.length];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

it('receive, commit, take-due, peek, load and list side by side: some order explains every answer and what is stored', async () => {
  await fc.assert(property(), { numRuns: RUNS });
});

describe('a script with a mistake in it is found out', () => {
  const mistakes: Readonly<Record<string, readonly [from: string, to: string]>> = {
    'no version check': ["if version ~= tonumber(ARGV[3]) then\n  return { 'stale' }\nend", ''],
    'a commit sent twice counts twice': ['if string.find(commits, commit, 1, true) then', 'if false then'],
    'a command sent twice counts twice': ["if redis.call('SISMEMBER', KEYS[3], ARGV[2]) == 1 then", 'if false then'],
    'names are not released': ["redis.call('DEL', key)", ''],
    'names of others are released': ["if redis.call('GET', key) == id then", 'if true then'],
    'names are taken from others': ['if holder and holder ~= id then', 'if false then'],
    'a request stays in its lists': ["redis.call('ZREM', KEYS[lists + adds + i], id)", ''],
    'everything stays in a list': ['if keep > 0 then', 'if false then'],
    'the newest go instead of the oldest': [
      "'ZREMRANGEBYRANK', key, 0, -(keep + 1))",
      "'ZREMRANGEBYRANK', key, keep, -1)",
    ],
    'the whole inbox is taken': ["redis.call('LTRIM', KEYS[2], taken, -1)", "redis.call('DEL', KEYS[2])"],
    'what came in meanwhile is not due': ["if redis.call('LLEN', KEYS[2]) > 0 then", 'if false then'],
    'a command puts its request off': [
      "redis.call('ZADD', KEYS[4], 'LT', ARGV[4], ARGV[1])",
      "redis.call('ZADD', KEYS[4], ARGV[4], ARGV[1])",
    ],
    'a request is made by a click': ["if ARGV[5] ~= '1' and", 'if false and'],
  };
  it.each(Object.entries(mistakes))('%s', async (_what, [from, to]) => {
    let changes = 0;
    const around: Around = (send) =>
      byText((commands, withinMs) => {
        const mutated = commands.map((command) => mutate(command, from, to));
        if (mutated.some((command, index) => command !== commands[index])) changes += 1;
        return send(mutated, withinMs);
      });
    await isFoundOut(around);
    expect(changes).toBeGreaterThan(0);
  });

  it('the version is checked just before the script, and not in it', async () => {
    const [from, to] = mistakes['no version check'] ?? [];
    if (from === undefined || to === undefined) throw new Error('not a mistake');
    const before: Around = (send) =>
      byText(async (commands, withinMs) => {
        const [command] = commands;
        const mutated = command === undefined ? undefined : mutate(command, from, to);
        if (command === undefined || mutated === undefined || mutated === command)
          return await send(commands, withinMs);
        const [record = '', expected] = [command[3], command[3 + Number(command[2]) + 2]];
        const [version] = await send([['hget', record, 'version']], withinMs);
        return await send([Number(version ?? 0) === expected ? mutated : command], withinMs);
      });
    await isFoundOut(before);
  });
});

function mutate(command: RedisCommand, from: string, to: string): RedisCommand {
  const [name, lua, ...rest] = command;
  return typeof lua === 'string' && lua.includes(from) ? [name, lua.replace(from, to), ...rest] : command;
}

async function isFoundOut(around: Around): Promise<void> {
  const { failed, errorInstance } = await fc.check(property(around), { numRuns: MUTANT_RUNS, endOnFailure: true });
  expect(failed).toBe(true);
  // By the model, and not because Redis could not run it.
  expect(errorInstance).not.toBeInstanceOf(ReplyError);
}
