/** Says who somebody is, which user groups they are in, and who stands behind a rule's names; what Slack does not tell in time counts against people. */
import type { WebClient } from '@slack/web-api';
import { within } from '../../application/patience.ts';
import type { Directory, IdentifiedPerson } from '../../application/ports/directory.ts';
import type { Log } from '../../application/ports/log.ts';
import type { Roster } from '../../domain/policy/roster.ts';
import type { People as Named } from '../../domain/policy/rule.ts';
import type { People } from './people.ts';
import { Remembered } from './remembered.ts';
import { RosterReader } from './roster.ts';
import { troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';

export interface DirectoryOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly people: People;
  /** Milliseconds, for the age of what is remembered. */
  readonly wall: () => number;
  readonly log: Log;
}

const IN_ALL_MS = 2_500;
const REMEMBER_MS = 60_000;
/** A remembered list that leaves somebody out is read again unless it is this fresh: they may just have joined. */
const FRESH_MS = 1_000;

export function createDirectory(options: DirectoryOptions): Directory {
  const { token, apiUrl, log } = options;
  const client = webClient({ token, apiUrl, log, timeoutMs: IN_ALL_MS });
  return new SlackDirectory(client, options);
}

class SlackDirectory implements Directory {
  private readonly people: People;
  private readonly groups: Remembered<ReadonlySet<string>>;
  private readonly rosters: RosterReader;

  constructor(client: WebClient, { people, wall, log }: DirectoryOptions) {
    this.people = people;
    this.groups = new Remembered(wall, (group) => readMembers(client, group, log));
    this.rosters = new RosterReader(client, people, wall, log);
  }

  async identify(user: string, groups: readonly string[]): Promise<IdentifiedPerson> {
    const time = timer(IN_ALL_MS);
    try {
      const [profile, memberships] = await Promise.all([
        before(time.over, this.people.profile(user)),
        this.memberships(user, groups, time.over),
      ]);
      const { standing = 'unknown', locale } = profile ?? {};
      return { standing, ...(locale === undefined ? {} : { locale }), ...memberships };
    } finally {
      time.stop();
    }
  }

  async glance(user: string, groups: readonly string[]): Promise<IdentifiedPerson> {
    const [profile, memberships] = await Promise.all([
      within(IN_ALL_MS, this.people.profile(user)),
      this.rosters.memberships(user, [...new Set(groups)]),
    ]);
    return { standing: 'unknown', ...profile, ...memberships };
  }

  roster(named: readonly Named[], channel: string): Promise<Roster> {
    return this.rosters.read(named, channel);
  }

  private async memberships(user: string, groups: readonly string[], over: Promise<void>) {
    const asked = [...new Set(groups)];
    const look = (group: string, maxAgeMs: number) => before(over, this.groups.get(group, maxAgeMs));
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
}

async function readMembers(client: WebClient, group: string, log: Log): Promise<ReadonlySet<string> | undefined> {
  try {
    const { users } = await client.usergroups.users.list({ usergroup: group });
    return users === undefined ? undefined : new Set(users);
  } catch (error) {
    log.warn({ group, error: troubleOf(error).error }, 'user group not readable');
    return undefined;
  }
}

function timer(ms: number): { readonly over: Promise<void>; readonly stop: () => void } {
  let stop = (): void => {};
  const over = new Promise<void>((resolve) => {
    const timeout = setTimeout(resolve, ms);
    stop = () => clearTimeout(timeout);
  });
  return { over, stop };
}

function before<T>(over: Promise<void>, value: Promise<T>): Promise<T | undefined> {
  return Promise.race([value, over.then(() => undefined)]);
}
