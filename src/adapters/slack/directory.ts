/** Asks Slack who somebody is and which user groups they are in; what it does not say in time counts against them. */
import type { WebClient } from '@slack/web-api';
import type { Directory } from '../../application/ports/directory.ts';
import type { Log } from '../../application/ports/log.ts';
import type { Person } from '../../domain/decision.ts';
import type { Standing } from '../../domain/refusals.ts';
import { troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';

export interface DirectoryOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** The workspace that the bot is installed in. */
  readonly teamId: string;
  /** Milliseconds, for the age of what is remembered. */
  readonly wall: () => number;
  readonly log: Log;
}

const IN_ALL_MS = 2_500;
const REMEMBER_MS = 60_000;
/** A remembered list that leaves somebody out is read again unless it is this fresh: they may just have joined. */
const FRESH_MS = 1_000;
const REMEMBERED = 5_000;

interface Reading<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

export function createDirectory(options: DirectoryOptions): Directory {
  const { token, apiUrl, log } = options;
  const client = webClient({ token, apiUrl, log, timeoutMs: IN_ALL_MS });
  return new SlackDirectory(client, options);
}

class SlackDirectory implements Directory {
  private readonly client: WebClient;
  private readonly options: DirectoryOptions;
  private readonly standings = new Map<string, Reading<Standing>>();
  private readonly groups = new Map<string, Reading<ReadonlySet<string> | undefined>>();

  constructor(client: WebClient, options: DirectoryOptions) {
    this.client = client;
    this.options = options;
  }

  async identify(user: string, groups: readonly string[]): Promise<Person> {
    const time = timer(IN_ALL_MS);
    try {
      const [standing, memberships] = await Promise.all([
        within(this.standing(user), 'unknown', time.over),
        this.memberships(user, groups, time.over),
      ]);
      return { standing, ...memberships };
    } finally {
      time.stop();
    }
  }

  private async memberships(user: string, groups: readonly string[], over: Promise<void>) {
    const asked = [...new Set(groups)];
    const look = (group: string, maxAgeMs: number) => within(this.members(group, maxAgeMs), undefined, over);
    let lists = await Promise.all(asked.map((group) => look(group, REMEMBER_MS)));
    // Only a no is worth asking again: it would be told to a person who may have joined since.
    if (!lists.some((members) => members?.has(user))) {
      lists = await Promise.all(
        asked.map((group, index) => (lists[index] === undefined ? undefined : look(group, FRESH_MS))),
      );
    }
    return {
      groups: asked.filter((_, index) => lists[index]?.has(user)),
      unreadable: asked.filter((_, index) => lists[index] === undefined),
    };
  }

  private standing(user: string): Promise<Standing> {
    return this.remembered(
      this.standings,
      user,
      REMEMBER_MS,
      () => this.readStanding(user),
      (value) => value !== 'unknown',
    );
  }

  private members(group: string, maxAgeMs: number): Promise<ReadonlySet<string> | undefined> {
    return this.remembered(
      this.groups,
      group,
      maxAgeMs,
      () => this.readMembers(group),
      (value) => value !== undefined,
    );
  }

  /** One reading at a time for each key; a failed one is not remembered. */
  private remembered<T>(
    map: Map<string, Reading<T>>,
    key: string,
    maxAgeMs: number,
    read: () => Promise<T>,
    worthIt: (value: T) => boolean,
  ): Promise<T> {
    const now = this.options.wall();
    const known = map.get(key);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now - known.at;
    if (known !== undefined && age >= 0 && age <= maxAgeMs) return known.value;
    if (map.size >= REMEMBERED) map.clear();
    const value = read();
    const reading: Reading<T> = { at: now, value };
    map.set(key, reading);
    void value.then((got) => {
      if (!worthIt(got) && map.get(key) === reading) map.delete(key);
    });
    return value;
  }

  private async readStanding(user: string): Promise<Standing> {
    try {
      const { user: info } = await this.client.users.info({ user });
      return info === undefined || info.id !== user ? 'unknown' : standingOf(info, this.options.teamId);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused' && (trouble.error === 'user_not_found' || trouble.error === 'user_not_visible')) {
        return 'stranger';
      }
      this.options.log.warn({ user, error: trouble.error }, 'Slack did not say who this is');
      return 'unknown';
    }
  }

  private async readMembers(group: string): Promise<ReadonlySet<string> | undefined> {
    try {
      const { users } = await this.client.usergroups.users.list({ usergroup: group });
      return users === undefined ? undefined : new Set(users);
    } catch (error) {
      this.options.log.warn({ group, error: troubleOf(error).error }, 'user group not readable');
      return undefined;
    }
  }
}

interface SlackUser {
  readonly id?: string;
  readonly team_id?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly enterprise_user?: { readonly teams?: readonly string[] };
}

/** Fails closed: whoever is not plainly a full member of this workspace is not one. */
export function standingOf(user: SlackUser, teamId: string): Standing {
  if (user.deleted === true) return 'deactivated';
  if (user.is_bot === true || user.id === 'USLACKBOT') return 'bot';
  // A delivery's own team has been checked when it came in; an answer that names no team speaks of this one.
  const here =
    user.team_id === undefined || user.team_id === teamId || user.enterprise_user?.teams?.includes(teamId) === true;
  if (user.is_stranger === true || !here) return 'stranger';
  if (user.is_restricted === true || user.is_ultra_restricted === true) return 'guest';
  return 'member';
}

function timer(ms: number): { readonly over: Promise<void>; readonly stop: () => void } {
  let stop = (): void => {};
  const over = new Promise<void>((resolve) => {
    const timeout = setTimeout(resolve, ms);
    stop = () => clearTimeout(timeout);
  });
  return { over, stop };
}

function within<T>(value: Promise<T>, otherwise: T, over: Promise<void>): Promise<T> {
  return Promise.race([value, over.then(() => otherwise)]);
}
