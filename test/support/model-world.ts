/** A world around the pure domain: runs that interleave, crash and commit late, people, time and a cloud. */
import type { CloudResult, Instance, ListedEndpoint } from '../../src/domain/cloud.ts';
import { type Command, endpointName, type Outcome, type PersonCommand } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import { type Holder, LADDER, type Person } from '../../src/domain/decision.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { holdings } from '../../src/domain/holdings.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { nextSteps, type Step } from '../../src/domain/next-step.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import { judgeAnswers } from '../../src/domain/precheck.ts';
import type { Moment, Request } from '../../src/domain/request.ts';
import { type CloudNature, FATES, type Fate, ModelCloud } from './model-cloud.ts';
import { T0 } from './samples.ts';

/** As reconcile: the same piece of work is not started again sooner than this after it ended. */
const PAUSE_MS = 1_000;
const LISTING_MS = [0, 0, 200, 15_000, 90_000];
const ANSWER_MS = [0, 100, 3_000, 9_900];

export interface Settings {
  readonly cloud: CloudNature;
  readonly rule: Rule;
  /** Absent: any number. */
  readonly openRequestsPerPerson?: number;
  readonly settleMs: number;
  readonly people: Readonly<Record<string, Person>>;
  /** Consumed one after the other, for every choice that nature makes. */
  readonly luck: readonly number[];
  /** Called with what each commit changed. */
  readonly onCommit: (before: Request | undefined, after: Request, events: readonly RequestEvent[]) => void;
}

interface Stored {
  version: number;
  state: Request | undefined;
  readonly inbox: PersonCommand[];
}
interface Loaded {
  readonly version: number;
  readonly state: Request | undefined;
  readonly inbox: readonly PersonCommand[];
}
interface Run {
  holder: string;
  readonly loaded: Map<RequestId, Loaded>;
  readonly arrived: Map<RequestId, Outcome[]>;
  readonly inFlight: Set<string>;
  readonly endedAt: Map<string, number>;
  readonly sent: Set<string>;
}

export class World {
  readonly cloud: ModelCloud;
  readonly requests = new Map<RequestId, Stored>();
  /** Every send that left a process. */
  readonly sends: {
    readonly request: RequestId;
    readonly revision: number;
    readonly generation: number;
    readonly token: string;
  }[] = [];
  time = T0;
  /** Nature stops playing tricks. */
  calm = false;
  private readonly settings: Settings;
  private readonly runs = new Map<number, Run>();
  private readonly agenda: { readonly at: number; readonly happen: () => void }[] = [];
  private holders = 0;
  private draws = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.cloud = new ModelCloud(settings.cloud);
  }

  get moment(): Moment {
    return { now: this.time, wall: this.time };
  }

  stored(id: RequestId): Stored {
    const stored = this.requests.get(id) ?? { version: 0, state: undefined, inbox: [] };
    this.requests.set(id, stored);
    return stored;
  }

  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = Math.min(...this.agenda.map(({ at }) => at));
      if (!(next <= end)) break;
      const index = this.agenda.findIndex(({ at }) => at === next);
      const [event] = this.agenda.splice(index, 1);
      this.time = Math.max(this.time, next);
      event?.happen();
    }
    this.time = end;
  }

  /** When something happens by itself next. */
  nextHappening(): number {
    return Math.min(...this.agenda.map(({ at }) => at));
  }

  receive(id: RequestId, command: PersonCommand): void {
    const stored = this.stored(id);
    if (stored.state !== undefined || stored.inbox.length > 0 || command.kind === 'submit') stored.inbox.push(command);
  }

  /** A process dies: what it had in hand is lost, what it sent is not. */
  crash(index: number): void {
    this.runs.delete(index);
  }

  load(index: number, id: RequestId): void {
    const { version, state, inbox } = this.stored(id);
    this.run(index).loaded.set(id, { version, state, inbox: [...inbox] });
  }

  /** One round on what the run loaded, however long ago that was; a stale commit changes nothing. */
  act(index: number, id: RequestId, crashes = false): void {
    const run = this.run(index);
    if (!run.loaded.has(id)) this.load(index, id);
    const loaded = run.loaded.get(id) as Loaded;
    run.loaded.delete(id);
    const taken = new Map<string, Holder>();
    // As reconcile does, a commit that found a name taken is decided again; it must not go round for ever.
    for (let again = 0; again < 10; again += 1) {
      const { state, events } = this.decideAll(loaded, run, id, taken);
      const starting = state === undefined ? [] : this.due(state, run);
      if (events.length > 0 || loaded.inbox.length > 0) {
        const result = this.commit(id, loaded, state, events);
        if (result === 'stale') return;
        if (result !== 'committed') {
          taken.set(result.name, { request: result.by });
          continue;
        }
      }
      run.arrived.delete(id);
      if (crashes) this.crash(index);
      else for (const step of starting) this.start(step, id, state as Request, run);
      return;
    }
    throw new Error(`a name that is taken is wanted again and again: ${loaded.state?.status}`);
  }

  /** The names that requests hold, with their holders. */
  private holderOf(name: string): RequestId | undefined {
    for (const [id, { state }] of this.requests) if (holdings(state).includes(name)) return id;
    return undefined;
  }

  private decideAll({ state: before, inbox }: Loaded, run: Run, id: RequestId, taken: ReadonlyMap<string, Holder>) {
    let state = before;
    const events: RequestEvent[] = [];
    const apply = (command: Command, person?: Person) => {
      const { rule, openRequestsPerPerson, settleMs } = this.settings;
      const context = {
        moment: this.moment,
        holder: run.holder,
        rules: [rule],
        ...(openRequestsPerPerson === undefined ? {} : { openRequestsPerPerson }),
        settleMs,
        acceptConnections: false,
        jitter: 0.5,
        taken,
      };
      const decision = decide(state, command, person === undefined ? context : { ...context, person });
      if (decision.kind === 'refused') return;
      for (const event of decision.events) {
        state = evolve(state, event, this.moment);
        events.push(event);
      }
    };
    for (const outcome of run.arrived.get(id) ?? []) apply(outcome);
    for (const command of inbox) apply(command, this.settings.people[command.by]);
    apply({ kind: 'tick' });
    return { state, events };
  }

  private commit(id: RequestId, loaded: Loaded, state: Request | undefined, events: readonly RequestEvent[]) {
    const stored = this.stored(id);
    if (stored.version !== loaded.version) return 'stale';
    for (const name of holdings(state)) {
      const by = this.holderOf(name);
      if (by !== undefined && by !== id) return { name, by };
    }
    const before = stored.state;
    stored.version += 1;
    stored.state = state;
    stored.inbox.splice(0, loaded.inbox.length);
    if (state !== undefined && events.length > 0) this.settings.onCommit(before, state, events);
    return 'committed';
  }

  private due(state: Request, run: Run): readonly Step[] {
    return nextSteps(state, this.moment, run.holder).filter(({ kind, key, at }) => {
      if (kind === 'wait' || at > this.time || run.inFlight.has(`${state.id}:${key}`)) return false;
      if (kind === 'create') return !run.sent.has(`${state.id}:${key}`);
      return this.time >= (run.endedAt.get(`${state.id}:${key}`) ?? 0) + PAUSE_MS;
    });
  }

  private start(step: Step, id: RequestId, request: Request, run: Run): void {
    const key = `${id}:${step.key}`;
    const after = (ms: number, outcome: Outcome | undefined) => {
      run.inFlight.add(key);
      this.agenda.push({
        at: this.time + ms,
        happen: () => {
          run.inFlight.delete(key);
          run.endedAt.set(key, this.time);
          if (outcome !== undefined) run.arrived.set(id, [...(run.arrived.get(id) ?? []), outcome]);
        },
      });
    };
    const { operation } = request.asked;
    switch (step.kind) {
      case 'precheck':
      case 'recheck': {
        const listing = this.cloud.list(this.time);
        const report = judgeAnswers(operation, this.answers(request, listing));
        if (step.kind === 'precheck') {
          const { revision, tries } = step;
          after(this.draw(ANSWER_MS), { kind: 'prechecked', revision, tries, report });
          return;
        }
        const others = this.others(id, request, listing ?? []);
        const known = listing === undefined ? {} : { listing };
        after(this.draw(ANSWER_MS), { kind: 'rechecked', tries: step.tries, report, others, ...known });
        return;
      }
      case 'reserve-slot':
        after(0, { kind: 'slot-reserved', tries: step.tries, slotAt: this.time + this.draw([0, 100, 70_000]) });
        return;
      case 'look': {
        const listing = this.cloud.list(this.time);
        const others = this.others(id, request, listing ?? []);
        const known = listing === undefined ? {} : { listing: listing.filter((each) => !others.includes(each.id)) };
        after(this.draw(LISTING_MS), { kind: 'looked', attempt: step.attempt, looks: step.looks, ...known });
        return;
      }
      case 'read-roster':
        // Nobody decides by it.
        after(this.draw(ANSWER_MS), {
          kind: 'roster-read',
          revision: step.revision,
          roster: { people: [], groups: [] },
        });
        return;
      case 'consider-policy':
        throw new Error('a change of a policy that never changes');
      case 'watch-connection':
        // How a connection comes about is no matter of this world: it is up at the first look.
        after(this.draw(LISTING_MS), { kind: 'connection-seen', looks: step.looks, seen: { status: 'Connected' } });
        return;
      case 'accept-connection':
        throw new Error('an acceptance that nobody ordered');
      case 'create':
        run.sent.add(key);
        this.send(step.attempt, id, request, after);
        return;
      case 'wait':
        return;
    }
  }

  private send(attempt: number, id: RequestId, request: Request, after: (ms: number, outcome: Outcome) => void): void {
    if (request.status !== 'executing') throw new Error(`create in status ${request.status}`);
    const { claim, clientToken: token, revision, generation, asked } = request;
    if (this.time > claim.until - LADDER.callMs) {
      const problem = { kind: 'not-sent', code: 'CallWindowOver' } as const;
      after(0, { kind: 'create-answered', attempt, result: { ok: false, problem } });
      return;
    }
    this.sends.push({ request: id, revision, generation, token });
    const fate: Fate = this.cloud.reachable ? this.draw(FATES) : this.draw(['never-arrived', 'not-sent'] as const);
    const lag = this.draw([0, 0.5, 1]);
    const result = this.cloud.create(id, asked.operation, token, this.calm ? 'done' : fate, this.time, lag);
    after(this.draw(ANSWER_MS), { kind: 'create-answered', attempt, result });
  }

  private others(id: RequestId, request: Request, listing: readonly ListedEndpoint[]): readonly string[] {
    return listing
      .map((each) => each.id)
      .filter((each) => {
        const by = this.holderOf(endpointName(request.asked.operation.instanceId, each));
        return by !== undefined && by !== id;
      });
  }

  private answers({ asked: { operation } }: Request, listing: readonly ListedEndpoint[] | undefined) {
    const away: CloudResult<never> = { ok: false, problem: { kind: 'unclear', code: 'Timeout' } };
    const answer = <T>(value: T): CloudResult<T> => (listing === undefined ? away : { ok: true, value });
    const { instanceId, serviceId, zoneId } = operation;
    const instance: Instance = { id: instanceId, description: '', status: 'active' };
    return {
      instance: answer(instance),
      service: answer({ id: serviceId, name: '', description: '', status: 'Active', zones: [zoneId] }),
      endpoints: answer(listing ?? []),
      dryRun: answer(undefined),
    };
  }

  private draw<T>(from: readonly T[]): T {
    const { luck } = this.settings;
    const drawn = this.calm ? 0 : (luck[this.draws++ % luck.length] ?? 0);
    return from[drawn % from.length] as T;
  }

  private run(index: number): Run {
    const run = this.runs.get(index) ?? {
      holder: `run-${++this.holders}`,
      loaded: new Map(),
      arrived: new Map(),
      inFlight: new Set(),
      endedAt: new Map(),
      sent: new Set(),
    };
    this.runs.set(index, run);
    return run;
  }
}
