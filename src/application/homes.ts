/** Keeps the Home tabs of those who look at them as they are: shown when one is opened, and again when something changes. */
import type { UserId } from '../domain/ids.ts';
import { type Common, groupsThatMatter, readCommon, readHome } from './home.ts';
import { within } from './patience.ts';
import type { Directory } from './ports/directory.ts';
import type { HomeContents, HomeScreen } from './ports/home-screen.ts';
import type { Log } from './ports/log.ts';
import type { Requests } from './ports/requests.ts';
import type { Viewers } from './ports/viewers.ts';

export interface HomesTools {
  readonly requests: Pick<Requests, 'list' | 'read'>;
  readonly directory: Pick<Directory, 'glance'>;
  readonly viewers: Viewers;
  readonly screen: HomeScreen;
  readonly log: Log;
  /** `Moment.now` and `Moment.wall`, as known last. */
  readonly moment: () => { readonly now: number; readonly wall: number };
  /** Names this process among all. */
  readonly process: string;
  /** Monotonic, in milliseconds. */
  readonly monotonic: () => number;
  /** Does it after so many milliseconds of real time. @returns what calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
}

/** Who opened Home longer ago is not looking any more, or opens it again. */
const LOOKING_MS = 30 * 60_000;
/** Nobody's Home is shown anew more often than this for what changes. */
const APART_MS = 2_000;
const AFTER_FAILURE_MS = 5_000;
const STOP_MS = 2_000;

interface Round {
  readonly at: number;
  readonly callOff: () => void;
}

/**
 * Everybody who looks is shown what changed, as decisions are listed for all; what would look the same is not sent.
 *
 * Several processes may show the same Home. Whoever read before a change and shows after it might leave the old there:
 * so a change is counted before it is read, and who finds more counted after showing than before reading goes again.
 */
export class Homes {
  private readonly tools: HomesTools;
  /** What each was shown last by this process. */
  private readonly last = new Map<UserId, string>();
  /** Whose Home says that it could not be read. */
  private readonly unread = new Set<UserId>();
  private readonly turns = new Map<UserId, Promise<void>>();
  private next: Round | undefined;
  private running: Promise<void> = Promise.resolve();
  private lastRoundAt = Number.NEGATIVE_INFINITY;
  /** Slack does not want to hear of Homes before. */
  private notBefore = Number.NEGATIVE_INFINITY;
  /** Something changed that is not counted yet. */
  private uncounted = false;
  private stopped = false;

  constructor(tools: HomesTools) {
    this.tools = tools;
  }

  /** Somebody opened theirs. Never rejects. */
  async opened(user: UserId): Promise<void> {
    const { viewers, requests, log } = this.tools;
    try {
      const before = await viewers.changes();
      if (!(await this.begun(user, await readCommon(requests)))) return;
      // What was changed before they were known as somebody who looks was not shown to them.
      if ((await viewers.changes()) !== before) this.goAgain();
    } catch (error) {
      log.error({ user, error }, 'Home could not be read');
      this.unread.add(user);
      await this.put(user, { kind: 'not-read' });
      this.goAgain(AFTER_FAILURE_MS);
    }
  }

  /** Something changed that stands on Home. */
  changed(): void {
    this.uncounted = true;
    this.goAgain();
  }

  /** Shows what is still to be shown, and nothing after that; gives up after two seconds. */
  async stop(): Promise<void> {
    this.stopped = true;
    const { next } = this;
    this.next = undefined;
    next?.callOff();
    if (next !== undefined && this.tools.monotonic() >= this.notBefore) {
      this.running = this.running.then(() => this.round());
    }
    await within(STOP_MS, this.running);
  }

  /** One round for all that has changed by then; never later than one that is due already. */
  private goAgain(pauseMs = 0): void {
    if (this.stopped) return;
    const now = this.tools.monotonic();
    const at = Math.max(now + pauseMs, this.lastRoundAt + APART_MS, this.notBefore);
    if (this.next !== undefined && this.next.at <= at) return;
    this.next?.callOff();
    this.next = { at, callOff: this.tools.after(Math.max(0, at - now), () => this.begin()) };
  }

  private begin(): void {
    this.next = undefined;
    // Slack has asked for a longer pause since this was agreed on.
    if (this.tools.monotonic() < this.notBefore) {
      this.goAgain();
      return;
    }
    this.lastRoundAt = this.tools.monotonic();
    this.running = this.running.then(() => this.round());
  }

  private async round(): Promise<void> {
    const { viewers, requests, log, moment } = this.tools;
    try {
      // Only what is new is counted: two that merely look again would send each other round for ever.
      const isNew = this.uncounted;
      this.uncounted = false;
      const counted = await (isNew ? viewers.changed() : viewers.changes()).catch((error: unknown) => {
        this.uncounted ||= isNew;
        throw error;
      });
      const looking = await viewers.since(moment().wall - LOOKING_MS);
      const owed = [...this.unread];
      if (looking.length + owed.length === 0) return;
      const common = await readCommon(requests);
      await Promise.all([
        ...looking.filter((user) => !owed.includes(user)).map((user) => this.show(user, common, false)),
        ...owed.map((user) => this.begun(user, common)),
      ]);
      if ((await viewers.changes()) !== counted) this.goAgain();
    } catch (error) {
      log.warn({ error }, 'what changed was not shown on Home; trying again');
      this.goAgain(AFTER_FAILURE_MS);
    }
  }

  /** For the first time. @returns whether they look at it from now on. */
  private async begun(user: UserId, common: Common): Promise<boolean> {
    const isMember = await this.show(user, common, true);
    if (isMember) await this.tools.viewers.opened(user, this.tools.moment().wall);
    this.unread.delete(user);
    return isMember;
  }

  /** @returns whether they are somebody who may look. */
  private async show(user: UserId, common: Common, isNew: boolean): Promise<boolean> {
    const { directory, requests, viewers, moment } = this.tools;
    const person = await directory.glance(user, groupsThatMatter(common.waiting));
    const { standing } = person;
    if (standing !== 'member') {
      // Better a list that is a little old than none, because Slack was slow.
      if (isNew || standing !== 'unknown') {
        await viewers.forget(user);
        await this.put(user, { kind: 'not-for-you', standing });
      }
      return false;
    }
    const lists = await readHome(requests, common, user, person, moment().now);
    await this.put(user, { kind: 'lists', lists });
    return true;
  }

  /** One at a time for each, so that this process knows what it showed last. */
  private put(user: UserId, contents: HomeContents): Promise<void> {
    const before = this.turns.get(user) ?? Promise.resolve();
    const turn = before
      .then(() => this.putNow(user, contents))
      .catch((error: unknown) => this.tools.log.warn({ user, error }, 'Home was not shown'))
      .finally(() => {
        if (this.turns.get(user) === turn) this.turns.delete(user);
      });
    this.turns.set(user, turn);
    return turn;
  }

  private async putNow(user: UserId, contents: HomeContents): Promise<void> {
    const { screen, viewers, log, process } = this.tools;
    const rendered = await screen.render(contents, user);
    const isOurs = contents.kind === 'lists' && (await viewers.shownBy(process, user).catch(() => false));
    if (isOurs && this.last.get(user) === rendered.hash) return;
    this.last.delete(user);
    const result = await screen.show(user, rendered);
    switch (result.kind) {
      case 'shown':
        this.last.set(user, rendered.hash);
        return;
      case 'busy':
        log.warn({ user, error: result.error, afterMs: result.afterMs }, 'Home is shown later, as Slack wants it');
        this.notBefore = this.tools.monotonic() + result.afterMs;
        this.goAgain();
        return;
      case 'failed':
        log.warn({ user, error: result.error }, 'Home was not shown');
    }
  }
}
