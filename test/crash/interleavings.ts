/** Every order in which two workers and two clicks can reach the store, and every crash of a worker there, one by one. */
import type { Redis } from 'ioredis';
import { type Exchange, unconfirmed } from '../../src/adapters/redis/exchange.ts';
import { createRequestStore } from '../../src/adapters/redis/request-store.ts';
import { firstBreak } from '../../src/application/audit-chain.ts';
import type { InboxEntry } from '../../src/application/inbox.ts';
import type { Commit, CommitResult, Requests } from '../../src/application/ports/requests.ts';
import { reconcile } from '../../src/application/reconcile.ts';
import type { PersonCommand } from '../../src/domain/commands.ts';
import { ALICE, ASKED, BOB, ID, REQUESTER, T0 } from '../support/samples.ts';
import { Actor, type How } from './actor.ts';
import { MAY_REPEAT } from './ending.ts';
import { SmallWorld } from './small-world.ts';

export interface Bounds {
  /** After so many commits a worker is left out, as if it had died. */
  readonly commits: number;
  /** Whether one worker may crash, before or after one of its commits takes effect. */
  readonly crash: 'nobody' | 'the first' | 'either';
  readonly clicks: readonly [PersonCommand, PersonCommand];
}

export const APPROVE: PersonCommand = { kind: 'approve', by: ALICE, revision: 1 };
export const REJECT: PersonCommand = { kind: 'reject', by: BOB, revision: 1, reason: 'no' };
export const CANCEL: PersonCommand = { kind: 'cancel', by: REQUESTER, revision: 1 };

export interface Explored {
  readonly schedules: number;
  /** The first few: what was wrong, and the schedule that led to it. */
  readonly violations: readonly string[];
}

/** One step of a schedule: who goes on, or dies before or after its call. */
type Choice = string;

const ENOUGH = 3;
const FINISHING = 12;
/** Longer than any claim. */
const LATER_MS = 35_000;
const never = new AbortController().signal;

/**
 * Depth first, each schedule from the start. A schedule is a list of choices; where it ends the first way is taken.
 * @param exchange takes the place of the usual way to Redis.
 */
export async function explore(
  redis: Redis,
  bounds: Bounds,
  exchange: Exchange = unconfirmed(redis),
): Promise<Explored> {
  const pending = await pendingRequest(redis, exchange);
  const violations: string[] = [];
  let schedules = 0;
  let next: readonly number[] | undefined = [];
  const { now } = performance;
  try {
    while (next !== undefined && violations.length < ENOUGH) {
      await pending.restore();
      const world = pending.world();
      // How long a run lingers and rests is a matter of the same time, so a schedule goes the same way each time.
      performance.now = () => world.now;
      const play = new Play(createRequestStore(redis, 'T0ACME', exchange), bounds, world);
      const taken = await play.follow(next);
      const wrong = await play.wrong();
      schedules += 1;
      if (wrong.length > 0)
        violations.push(`${wrong.join('; ')} after ${taken.map(({ choice }) => choice).join(', ')}`);
      next = after(taken);
    }
  } finally {
    performance.now = now;
  }
  return { schedules, violations };
}

interface Taken {
  readonly choice: Choice;
  readonly index: number;
  readonly of: number;
}

/** The next schedule in order: the last choice that has another one takes it. */
function after(taken: readonly Taken[]): readonly number[] | undefined {
  const last = taken.findLastIndex(({ index, of }) => index + 1 < of);
  if (last < 0) return undefined;
  return taken.slice(0, last + 1).map(({ index }, at) => (at === last ? index + 1 : index));
}

/** A request that waits for its decision, to begin from again and again. */
async function pendingRequest(redis: Redis, exchange: Exchange) {
  await redis.flushall();
  const world = new SmallWorld();
  const requests = createRequestStore(redis, 'T0ACME', exchange);
  await requests.receive(ID, {
    commandId: 'submit',
    at: T0,
    command: { kind: 'submit', id: ID, by: REQUESTER, asked: ASKED },
  });
  await reconcile(ID, world.workspace(requests), never);
  const keys = await redis.keys('*');
  const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
  const said = [...world.said];
  return {
    async restore() {
      const pipeline = redis.pipeline().flushall();
      for (const [index, key] of keys.entries()) pipeline.restore(key, 0, dumps[index] ?? Buffer.alloc(0));
      await pipeline.exec();
    },
    world() {
      const fresh = new SmallWorld();
      fresh.said.push(...said);
      return fresh;
    },
  };
}

/** One schedule, and what came of it. */
class Play {
  private readonly requests: Requests;
  private readonly bounds: Bounds;
  private readonly world: SmallWorld;
  private readonly actors: readonly Actor[];
  /** Ids of the commits that moved the version on. */
  private readonly moved = new Set<string>();
  private version = 0;

  constructor(requests: Requests, bounds: Bounds, world: SmallWorld) {
    this.requests = requests;
    this.bounds = bounds;
    this.world = world;
    this.actors = [
      this.worker('worker 1'),
      this.worker('worker 2'),
      ...bounds.clicks.map((click) => this.click(click)),
    ];
  }

  /** @param indexes of the choices to take; after them always the first. */
  async follow(indexes: readonly number[]): Promise<readonly Taken[]> {
    this.version = (await this.requests.load(ID)).version;
    const taken: Taken[] = [];
    for (;;) {
      for (const actor of this.actors) await actor.quiet();
      const choices = this.choices(taken.some(({ choice }) => choice.includes('dies')));
      if (choices.length === 0) return taken;
      const index = indexes[taken.length] ?? 0;
      const chosen = choices[index];
      if (chosen === undefined) throw new Error('the same schedule went otherwise this time');
      const [actor, how] = chosen;
      taken.push({ choice: `${actor.name} ${how}`, index, of: choices.length });
      await actor.letGo(how);
    }
  }

  private choices(hasDied: boolean): readonly (readonly [Actor, How])[] {
    const [first, second] = this.actors;
    return (
      this.actors
        .filter(({ state }) => state === 'waiting')
        // Two workers that have not begun are the same.
        .filter((actor) => actor !== second || first?.state !== 'waiting' || first.mayDie || actor.mayDie)
        .flatMap((actor) => {
          const hows: readonly How[] =
            actor.mayDie && !hasDied && this.mayCrash(actor) ? ['goes on', 'dies before', 'dies after'] : ['goes on'];
          return hows.map((how) => [actor, how] as const);
        })
    );
  }

  private mayCrash(actor: Actor): boolean {
    switch (this.bounds.crash) {
      case 'nobody':
        return false;
      case 'the first':
        return actor === this.actors[0];
      case 'either':
        return true;
    }
  }

  private worker(name: string): Actor {
    const actor = new Actor(name);
    let commits = 0;
    const workspace = this.world.workspace({
      ...this.requests,
      commit: (change) => {
        commits += 1;
        return commits > this.bounds.commits ? actor.die() : actor.call(true, () => this.commit(change));
      },
    });
    actor.begin(async () => {
      await actor.call(false, () => Promise.resolve());
      await reconcile(ID, workspace, never);
    });
    return actor;
  }

  private click(command: PersonCommand): Actor {
    const actor = new Actor(`${command.kind} by ${command.by}`);
    const entry: InboxEntry = { commandId: command.kind, at: T0, command, channel: 'CAPPROVALS' };
    actor.begin(() => actor.call(false, () => this.requests.receive(ID, entry)));
    return actor;
  }

  private async commit(change: Commit): Promise<CommitResult> {
    const result = await this.requests.commit(change);
    const moves = change.record !== undefined || change.inboxTaken > 0;
    if (result.kind === 'committed' && moves) this.moved.add(change.commitId);
    return result;
  }

  /** Lets a worker finish in peace. @returns what is wrong then. */
  async wrong(): Promise<readonly string[]> {
    const workspace = this.world.workspace({ ...this.requests, commit: (change) => this.commit(change) });
    for (let round = 0; round < FINISHING && !(await this.isSettled()); round += 1) {
      this.world.now += LATER_MS;
      await reconcile(ID, workspace, never);
    }
    const { version, record, inbox } = await this.requests.load(ID);
    const history = await this.requests.history(ID);
    const types = history.map(({ event }) => event.type);
    const { creates, endpoints, said } = this.world;
    const wrong: string[] = [];
    const must = (what: string, is: unknown, should: unknown) => {
      if (is !== should) wrong.push(`${what}: ${is} instead of ${should}`);
    };
    const status = record?.request.status;
    const isApproved = types.includes('approved');
    must('errors', this.world.errors.join(), '');
    must('left in the inbox', inbox.length, 0);
    must('the status', status, isApproved ? 'succeeded' : types.includes('rejected') ? 'rejected' : 'cancelled');
    must('endpoints', endpoints.length, isApproved ? 1 : 0);
    must('creates in one window', creates.length - new Set(creates.map(({ claimedAt }) => claimedAt)).size, 0);
    must('decisions', types.filter((type) => ['approved', 'rejected', 'cancelled'].includes(type)).length, 1);
    must('the chain', firstBreak(history) ?? 'whole', 'whole');
    must('the version', version, this.version + this.moved.size);
    must('links', record?.audit.count, history.length);
    const repeated = types.filter((type, index) => !MAY_REPEAT.has(type) && types.indexOf(type) !== index);
    must('transitions that are there twice', repeated.join(), '');
    const lasting = said.filter((key) => !key.startsWith('answer'));
    must('posts that are there twice', lasting.filter((key, at) => lasting.indexOf(key) !== at).join(), '');
    for (const { by, kind } of this.bounds.clicks) {
      const has = history.some(({ commandId, event }) => commandId === kind && event.type !== 'attempt-refused');
      if (!has) must(`answers to ${by}`, said.includes(`answer to ${by}`), true);
    }
    return wrong;
  }

  private async isSettled(): Promise<boolean> {
    const { record, inbox } = await this.requests.load(ID);
    if (record === undefined || inbox.length > 0) return false;
    const isFinal = ['succeeded', 'rejected', 'cancelled'].includes(record.request.status);
    return isFinal && record.untold.length === 0 && record.outgoing.every(({ delivery }) => delivery.state === 'sent');
  }
}
