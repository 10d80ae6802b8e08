import type { Context, Holder } from '../domain/decision.ts';
import type { RequestId } from '../domain/ids.ts';
import type { Moment } from '../domain/request.ts';
import { adoptCard, gatherThread, sweep } from './delivery.ts';
import { applyCommand, applyEntry, type Draft, holdingsDiff, openDraft } from './draft.ts';
import type { InboxEntry } from './inbox.ts';
import { indexing } from './indexes.ts';
import { type Fold, type Launch, launches } from './launches.ts';
import type { IdentifiedPerson } from './ports/directory.ts';
import { type Loaded, UnreadableRequest } from './ports/requests.ts';
import { cardAt, type RequestRecord, speaking } from './record.ts';
import { identify, mustWaitForPolicy } from './who-acts.ts';
import type { Workspace } from './workspace.ts';

/** While effects are in flight, the inbox is looked at this often. */
const INBOX_LOOK_MS = 100;
/** However quiet it is, a round is done this often while effects are in flight. */
const ROUND_AGAIN_MS = 1_000;
/** What is due this soon is waited for here; anything later is left to the due index. */
const LINGER_MS = 700;
/** The same piece of work is not started again sooner than this after it ended, so that no mistake makes a hot loop. */
const REST_MS = 1_000;
/** Should this process die, somebody looks after its effects this much later at the latest. */
const ORPHANED_MS = 10_000;
/** How long the outcomes of effects are kept in hand while Redis is away. */
const HOLD_OUT_MS = 60_000;
/** The same with nothing in hand: a failover takes about so long, and the sweep would bring this request much later. */
const HOLD_OUT_EMPTY_MS = 10_000;
const HOLD_OUT_PAUSE_MS = 250;

/**
 * One run. It ends when nothing is due soon and nothing is in flight.
 * @param stop once aborted, nothing new is started; what is in flight is awaited and committed.
 * @throws when Redis fails for longer than anybody should wait here, or what is stored can't be read.
 */
export async function reconcile(id: RequestId, workspace: Workspace, stop: AbortSignal): Promise<void> {
  const run = new Run(id, workspace, stop);
  let failingSince: number | undefined;
  for (;;) {
    try {
      if (await run.round()) return;
      failingSince = undefined;
    } catch (error) {
      failingSince ??= performance.now();
      const inHand = run.hasInHand();
      const failedForMs = performance.now() - failingSince;
      if (failedForMs > (inHand ? HOLD_OUT_MS : HOLD_OUT_EMPTY_MS)) throw error;
      if (!inHand && (stop.aborted || error instanceof UnreadableRequest)) throw error;
      workspace.log.warn({ request: id, error, inHand }, 'round failed; trying again');
      await workspace.pause(HOLD_OUT_PAUSE_MS);
    }
  }
}

class Run {
  /** Names this run in the claims that it takes. */
  private readonly holder: string;
  private readonly id: RequestId;
  private readonly workspace: Workspace;
  private readonly stop: AbortSignal;
  private readonly inFlight = new Map<string, Promise<void>>();
  private readonly endedAt = new Map<string, number>();
  private readonly sent = new Set<string>();
  private readonly people = new Map<string, IdentifiedPerson>();
  private readonly taken = new Map<string, Holder>();
  private arrived: Fold[] = [];

  constructor(id: RequestId, workspace: Workspace, stop: AbortSignal) {
    this.id = id;
    this.workspace = workspace;
    this.stop = stop;
    this.holder = workspace.newId();
  }

  hasInHand(): boolean {
    return this.inFlight.size > 0 || this.arrived.length > 0;
  }

  /** @returns whether the run is over. */
  async round(): Promise<boolean> {
    const [loaded, moment] = await Promise.all([this.workspace.requests.load(this.id), this.workspace.clock.read()]);
    // A copy: effects go on ending while this round waits for Redis, and theirs belong to the next round.
    const folding = [...this.arrived];
    const draft = openDraft(loaded.record);
    const context = this.context(loaded.record, moment);

    for (const fold of folding) fold(draft, context);
    const inboxTaken = this.decideInbox(draft, loaded.inbox, context);
    if (!this.stop.aborted) applyCommand(draft, { kind: 'tick' }, context, this.workspace.channels);
    this.tidy(draft, moment);

    const listed = this.list(draft, moment, loaded.inbox);
    const starting = this.stop.aborted ? [] : listed.filter((launch) => this.mayStart(launch, moment));
    for (const { claim } of starting) {
      if (claim !== undefined && draft.record !== undefined) {
        draft.record = claim(draft.record);
        draft.changed = true;
      }
    }

    // An effect may have ended since this round began: what it brought is folded in by the next one.
    const ending = starting.length === 0 && this.inFlight.size === 0 && this.arrived.length === folding.length;
    const next = Math.min(...listed.map((launch) => this.dueAt(launch, starting, moment)));
    const pauseMs = Math.max(0, next - moment.now);
    let { version } = loaded;
    const over = ending && (this.stop.aborted || pauseMs > LINGER_MS);
    if (draft.changed || inboxTaken > 0 || over) {
      const committed = await this.commit(draft, loaded, inboxTaken, next, moment);
      if (committed === undefined) return false;
      version = committed;
      this.taken.clear();
    }
    this.arrived = this.arrived.filter((fold) => !folding.includes(fold));
    for (const launch of starting) this.start(launch, draft.record);
    if (over) return true;
    await this.waitForNews(this.stop.aborted ? ROUND_AGAIN_MS : Math.min(pauseMs, ROUND_AGAIN_MS), {
      version,
      waiting: loaded.inbox.length - inboxTaken,
    });
    return false;
  }

  private context(record: RequestRecord | undefined, moment: Moment): Context {
    const account = record?.request.asked.operation.account;
    const { rules, version, openRequestsPerPerson } = this.workspace.policy.current();
    const settings = account === undefined ? undefined : this.workspace.settings.get(account);
    return {
      moment,
      holder: this.holder,
      rules,
      policyVersion: version,
      ...(openRequestsPerPerson === undefined ? {} : { openRequestsPerPerson }),
      settleMs: settings?.settleMs ?? 120_000,
      acceptConnections: settings?.acceptConnections ?? false,
      jitter: this.workspace.random(),
      taken: this.taken,
    };
  }

  /**
   * In order; the first whose giver is not known yet stops the rest until Slack has said who they are.
   * @returns how many entries were decided.
   */
  private decideInbox(draft: Draft, inbox: readonly InboxEntry[], context: Context): number {
    let decided = 0;
    for (const entry of inbox) {
      const person = this.people.get(entry.commandId);
      if (person === undefined) return decided;
      if (mustWaitForPolicy(entry, draft.record, context)) return decided;
      if (entry.card !== undefined && draft.record !== undefined) {
        const adopted = adoptCard(draft.record, entry.card, context.moment);
        draft.changed ||= adopted !== draft.record;
        draft.record = adopted;
      }
      applyEntry(draft, entry, { ...context, person }, this.workspace.channels);
      if (person.locale !== undefined && draft.record !== undefined) {
        const spoken = speaking(draft.record, entry.command.by, person.locale);
        draft.changed ||= spoken !== draft.record;
        draft.record = spoken;
      }
      decided += 1;
    }
    return decided;
  }

  private tidy(draft: Draft, moment: Moment): void {
    if (draft.record === undefined) return;
    const swept = sweep(gatherThread(draft.record, moment.now));
    draft.changed ||= swept.record !== draft.record;
    draft.record = swept.record;
    for (const { key, to } of swept.lost) {
      this.workspace.log.error({ request: this.id, message: key, to: to.kind }, 'message given up');
    }
  }

  private list(draft: Draft, moment: Moment, inbox: readonly InboxEntry[]): readonly Launch[] {
    const strangers = inbox.filter(({ commandId }) => !this.people.has(commandId));
    return [
      ...strangers.map((entry) =>
        identify(entry, draft.record, moment, this.workspace, (person) => this.people.set(entry.commandId, person)),
      ),
      ...(draft.record === undefined ? [] : launches(draft.record, moment, this.holder, this.workspace)),
    ];
  }

  private mayStart({ key, at, once }: Launch, { now }: Moment): boolean {
    if (at > now || this.inFlight.has(key)) return false;
    return once === true ? !this.sent.has(key) : this.restMs(key) === 0;
  }

  private dueAt(launch: Launch, starting: readonly Launch[], { now }: Moment): number {
    const begun = starting.includes(launch) || this.inFlight.has(launch.key) || this.sent.has(launch.key);
    return begun ? now + ORPHANED_MS : Math.max(launch.at, now + this.restMs(launch.key));
  }

  /** How much longer a step rests after it ended, in real milliseconds. */
  private restMs(key: string): number {
    const endedAt = this.endedAt.get(key);
    return endedAt === undefined ? 0 : Math.max(0, endedAt + REST_MS - performance.now());
  }

  /** @returns the version that came of it; nothing when it has to be decided again on what is there now. */
  private async commit(
    draft: Draft,
    loaded: Loaded,
    inboxTaken: number,
    due: number,
    moment: Moment,
  ): Promise<number | undefined> {
    const { requests, newId, log } = this.workspace;
    const { hold, release } = holdingsDiff(loaded.record?.request, draft.record?.request);
    const result = await requests.commit({
      id: this.id,
      commitId: newId(),
      expectedVersion: loaded.version,
      ...(draft.changed && draft.record !== undefined
        ? { record: draft.record, index: indexing(draft.record.request) }
        : {}),
      audit: draft.audit,
      inboxTaken,
      ...(Number.isFinite(due) ? { due } : {}),
      now: moment.now,
      hold,
      release,
    });
    switch (result.kind) {
      case 'committed':
        for (const { event, seq, revision } of draft.audit) {
          log.info({ request: this.id, event: event.type, seq, revision, run: this.holder }, 'request');
        }
        return result.version;
      case 'stale':
        return undefined;
      case 'taken': {
        const link = await this.cardOfHolder(result.by);
        this.taken.set(result.name, { request: result.by, ...(link === undefined ? {} : { link }) });
        return undefined;
      }
    }
  }

  /** Undefined too when that request can't be read: this one can be decided without its link. */
  private async cardOfHolder(holder: RequestId): Promise<string | undefined> {
    try {
      const { record } = await this.workspace.requests.load(holder);
      return record === undefined ? undefined : cardAt(record)?.permalink;
    } catch (error) {
      if (error instanceof UnreadableRequest) return undefined;
      throw error;
    }
  }

  private start(launch: Launch, record: RequestRecord | undefined): void {
    if (launch.once === true) this.sent.add(launch.key);
    const running = launch
      .run(record)
      .then((fold) => {
        this.arrived.push(fold);
      })
      .catch((error: unknown) => {
        // An effect that throws brought nothing: the step stays due, and is tried again.
        this.workspace.log.error({ request: this.id, step: launch.key, error }, 'step failed');
      })
      .finally(() => {
        this.inFlight.delete(launch.key);
        this.endedAt.set(launch.key, performance.now());
      });
    this.inFlight.set(launch.key, running);
  }

  /** Until an effect ends, something comes in, somebody else commits, or so much time has passed. */
  private async waitForNews(ms: number, known: { readonly version: number; readonly waiting: number }): Promise<void> {
    const until = performance.now() + ms;
    while (this.arrived.length === 0) {
      const left = until - performance.now();
      await Promise.race([...this.inFlight.values(), this.workspace.pause(Math.max(0, Math.min(left, INBOX_LOOK_MS)))]);
      if (left <= INBOX_LOOK_MS) return;
      const { version, waiting } = await this.workspace.requests.peek(this.id);
      if (version !== known.version || waiting > known.waiting) return;
    }
  }
}
