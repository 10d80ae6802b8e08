/** Runs one request: round after round, it decides on what is stored and what came back, commits, and starts what is due. */
import type { Context } from '../domain/decision.ts';
import type { RequestId } from '../domain/ids.ts';
import type { Moment } from '../domain/request.ts';
import { AsStored } from './as-stored.ts';
import { adoptCard, gatherThread, sweep } from './delivery.ts';
import { applyCommand, applyEntry, type Draft, openDraft } from './draft.ts';
import { InHand } from './in-hand.ts';
import type { InboxEntry } from './inbox.ts';
import { type Launch, launches } from './launches.ts';
import { giveUpPlace } from './places.ts';
import type { IdentifiedPerson } from './ports/directory.ts';
import { type Loaded, UnreadableRequest } from './ports/requests.ts';
import { type RequestRecord, speaking } from './record.ts';
import { identify, mustWaitForPolicy } from './who-acts.ts';
import type { Workspace } from './workspace.ts';

/** What comes in by another process is noticed within this. */
const INBOX_LOOK_MS = 100;
/** However quiet it is, a round is done this often while effects are in flight. */
const ROUND_AGAIN_MS = 1_000;
/** What is due this soon is waited for here; anything later is left to the due index. */
const LINGER_MS = 700;
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
  const takeDown = workspace.bells.hang(id, () => run.ring());
  try {
    await roundAfterRound(id, run, workspace, stop);
  } finally {
    takeDown();
    // It heard of something and did not come to take it in: that is for another run.
    if (run.isOwed()) await workspace.wakeUps.nudge(id).catch(() => {});
  }
}

async function roundAfterRound(id: RequestId, run: Run, workspace: Workspace, stop: AbortSignal): Promise<void> {
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
  private readonly hand: InHand;
  private readonly stored: AsStored;
  private readonly people = new Map<string, IdentifiedPerson>();
  /** How often it was told that something was stored for this request, and how often when it last looked. */
  private rings = 0;
  private ringsSeen = 0;
  private wake = (): void => {};
  private ending = false;

  constructor(id: RequestId, workspace: Workspace, stop: AbortSignal) {
    this.id = id;
    this.workspace = workspace;
    this.stop = stop;
    this.holder = workspace.newId();
    this.hand = new InHand(id, workspace.log, stop);
    this.stored = new AsStored(id, this.holder, workspace);
  }

  hasInHand(): boolean {
    return !this.hand.isEmpty();
  }

  /** @returns whether there will be a round that begins after this. */
  ring(): boolean {
    if (this.ending) return false;
    this.rings += 1;
    this.wake();
    return true;
  }

  /** Whether something was stored that no round has taken in. */
  isOwed(): boolean {
    return this.rings > this.ringsSeen;
  }

  /** @returns whether the run is over. */
  async round(): Promise<boolean> {
    await this.workspace.giveWay();
    const { rings } = this;
    const look = this.isOwed() ? 'anew' : this.hand.commitInMs() === 0 ? 'later' : 'if-changed';
    this.ending = false;
    const [loaded, moment] = await Promise.all([this.stored.read(look), this.workspace.clock.recent()]);
    if (!this.stop.aborted) await this.meet(loaded, moment);
    // A copy: effects go on ending while this round waits for Redis, and theirs belong to the next round.
    const folding = this.hand.folds();
    const draft = openDraft(loaded.record);
    const context = this.context(loaded.record, moment);

    for (const fold of folding) fold(draft, context);
    const inboxTaken = this.decideInbox(draft, loaded.inbox, context);
    if (!this.stop.aborted) applyCommand(draft, { kind: 'tick' }, context, this.workspace.channels);
    this.tidy(draft, moment);

    const listed = this.list(draft, moment, loaded.inbox);
    const starting = this.stop.aborted ? [] : listed.filter((launch) => this.hand.mayStart(launch, moment.now));
    for (const { claim } of starting) {
      if (claim !== undefined && draft.record !== undefined) {
        draft.record = claim(draft.record);
        draft.changed = true;
      }
    }

    const next = Math.min(...listed.map((launch) => this.hand.dueAt(launch, starting, moment.now)));
    const pauseMs = Math.max(0, next - moment.now);
    // An effect may have ended since this round began: what it brought is folded in by the next one.
    const idle = starting.length === 0 && this.hand.holdsOnly(folding) && this.rings === rings;
    this.ending = idle && (this.stop.aborted || pauseMs > LINGER_MS);
    const decided = { draft, moment, inboxTaken, due: next };
    const hasNews = draft.changed || inboxTaken > 0 || this.ending;
    const known = await (hasNews ? this.stored.commit(loaded, decided) : this.stored.keep(loaded));
    if (known === undefined) return false;
    this.ringsSeen = rings;
    this.hand.settle(folding);
    giveUpPlace(loaded.record?.request, draft.record?.request, this.workspace);
    for (const launch of starting) this.hand.start(launch, draft.record);
    if (this.ending) return true;
    await this.waitForNews(this.stop.aborted ? ROUND_AGAIN_MS : Math.min(pauseMs, ROUND_AGAIN_MS), known);
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
      taken: this.stored.taken,
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

  /** Whom the directory remembers is known in this very round; whom it has to ask Slack about, in a later one. */
  private async meet({ record, inbox }: Loaded, moment: Moment): Promise<void> {
    const asking = this.strangers(record, moment, inbox).filter((launch) => this.hand.mayStart(launch, moment.now));
    if (asking.length === 0) return;
    for (const launch of asking) this.hand.start(launch, record);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  private strangers(
    record: RequestRecord | undefined,
    moment: Moment,
    inbox: readonly InboxEntry[],
  ): readonly Launch[] {
    return inbox
      .filter(({ commandId }) => !this.people.has(commandId))
      .map((entry) =>
        identify(entry, record, moment, this.workspace, (person) => this.people.set(entry.commandId, person)),
      );
  }

  private list(draft: Draft, moment: Moment, inbox: readonly InboxEntry[]): readonly Launch[] {
    return [
      ...this.strangers(draft.record, moment, inbox),
      ...(draft.record === undefined ? [] : launches(draft.record, moment, this.holder, this.workspace)),
    ];
  }

  /** Until there is something to commit, something comes in, somebody else commits, or so much time has passed. */
  private async waitForNews(ms: number, known: Loaded): Promise<void> {
    const until = performance.now() + ms;
    const rung = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    let lookAt = performance.now() + INBOX_LOOK_MS;
    for (;;) {
      const now = performance.now();
      const commitInMs = this.hand.commitInMs() ?? Number.POSITIVE_INFINITY;
      if (this.isOwed() || commitInMs === 0 || now >= until) break;
      if (now >= lookAt) {
        if (await this.stored.isNews(known)) break;
        lookAt = performance.now() + INBOX_LOOK_MS;
      } else {
        const left = Math.min(until, lookAt, now + commitInMs) - now;
        await Promise.race([this.hand.ended(), rung, this.workspace.pause(left)]);
      }
    }
  }
}
