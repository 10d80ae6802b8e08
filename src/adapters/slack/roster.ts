/** Reads who stands behind a rule's names: people, user groups with their members, and who of them sees the card. */
import type { WebClient } from '@slack/web-api';
import { within } from '../../application/patience.ts';
import type { Log } from '../../application/ports/log.ts';
import type { GroupProblem, Roster, RosterGroup, RosterPerson } from '../../domain/policy/roster.ts';
import type { People as Named } from '../../domain/policy/rule.ts';
import type { People } from './people.ts';
import { Remembered } from './remembered.ts';
import { type Trouble, troubleOf } from './trouble.ts';

const IN_ALL_MS = 2_500;
const REMEMBER_MS = 60_000;
/** Everybody is a call of their own; a card has no room for more. */
const MOST_PEOPLE = 30;
/** Of one group; the rest may approve all the same. */
const MOST_MEMBERS = 200;
const PAGE = 1_000;
const MOST_PAGES = 10;

interface Group {
  readonly name?: string;
  readonly disabled: boolean;
  readonly members: readonly string[];
}

export interface Memberships {
  readonly groups: readonly string[];
  /** Those that could not be read. */
  readonly unreadable: readonly string[];
}

export class RosterReader {
  private readonly client: WebClient;
  private readonly people: People;
  private readonly log: Log;
  private readonly groups: Remembered<ReadonlyMap<string, Group>>;
  private readonly insiders: Remembered<ReadonlySet<string> | 'public'>;
  /** Of the last reading that failed. */
  private groupsTrouble: GroupProblem = 'unreadable';

  /** @param wall milliseconds, for the age of what is remembered. */
  constructor(client: WebClient, people: People, wall: () => number, log: Log) {
    this.client = client;
    this.people = people;
    this.log = log;
    this.groups = new Remembered(wall, () => this.readGroups());
    this.insiders = new Remembered(wall, (channel) => this.readInsiders(channel));
  }

  async read(named: readonly Named[], channel: string): Promise<Roster> {
    const until = performance.now() + IN_ALL_MS;
    const groupIds = [...new Set(named.flatMap(({ groups }) => groups))];
    const [known, inside] = await Promise.all([
      groupIds.length === 0 ? new Map<string, Group>() : within(IN_ALL_MS, this.groups.get('all', REMEMBER_MS)),
      within(IN_ALL_MS, this.insiders.get(channel, REMEMBER_MS)),
    ]);
    const groups = groupIds.map((id) => this.rosterGroup(id, known));
    const members = groups.flatMap((group) => ('members' in group ? group.members : []));
    const ids = [...new Set([...named.flatMap(({ users }) => users), ...members])].slice(0, MOST_PEOPLE);
    const left = Math.max(0, until - performance.now());
    const people = await Promise.all(ids.map((id) => this.rosterPerson(id, inside, left)));
    return { people, groups };
  }

  /** In which of these somebody is; nobody is in what is disabled or unknown. */
  async memberships(user: string, groups: readonly string[]): Promise<Memberships> {
    if (groups.length === 0) return { groups: [], unreadable: [] };
    const known = await within(IN_ALL_MS, this.groups.get('all', REMEMBER_MS));
    if (known === undefined) return { groups: [], unreadable: groups };
    const isIn = (group: Group | undefined) => group !== undefined && !group.disabled && group.members.includes(user);
    return { groups: groups.filter((id) => isIn(known.get(id))), unreadable: [] };
  }

  private async rosterPerson(
    id: string,
    inside: ReadonlySet<string> | 'public' | undefined,
    withinMs: number,
  ): Promise<RosterPerson> {
    const profile = await within(withinMs, this.people.profile(id));
    const isOutside = inside !== undefined && inside !== 'public' && !inside.has(id);
    return {
      id,
      ...(profile?.name === undefined ? {} : { name: profile.name }),
      standing: profile?.standing ?? 'unknown',
      ...(isOutside ? { outside: true } : {}),
    };
  }

  private rosterGroup(id: string, known: ReadonlyMap<string, Group> | undefined): RosterGroup {
    if (known === undefined) return { id, problem: this.groupsTrouble };
    const group = known.get(id);
    if (group === undefined) return { id, problem: 'absent' };
    const named = { id, ...(group.name === undefined ? {} : { name: group.name }) };
    return group.disabled
      ? { ...named, problem: 'disabled' }
      : { ...named, members: group.members.slice(0, MOST_MEMBERS) };
  }

  /** One call for all of them. */
  private async readGroups(): Promise<ReadonlyMap<string, Group> | undefined> {
    // Until it is known better: an earlier trouble says nothing of this reading.
    this.groupsTrouble = 'unreadable';
    try {
      const { usergroups } = await this.client.usergroups.list({ include_users: true, include_disabled: true });
      return new Map(
        (usergroups ?? []).flatMap(({ id, handle, date_delete: deletedAt, users }): [string, Group][] =>
          id === undefined
            ? []
            : [
                [
                  id,
                  {
                    ...(handle === undefined ? {} : { name: handle }),
                    disabled: deletedAt !== undefined && deletedAt > 0,
                    members: users ?? [],
                  },
                ],
              ],
        ),
      );
    } catch (error) {
      const trouble = troubleOf(error);
      this.groupsTrouble = problemOf(trouble);
      this.log.warn({ error: trouble.error }, 'user groups not readable');
      return undefined;
    }
  }

  /** Undefined too for what the bot may not see: then nobody is marked. */
  private async readInsiders(channel: string): Promise<ReadonlySet<string> | 'public' | undefined> {
    try {
      const { channel: info } = await this.client.conversations.info({ channel });
      if (info?.is_private !== true) return 'public';
      const all = new Set<string>();
      let cursor = '';
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer = await this.client.conversations.members({ channel, limit: PAGE, ...(cursor ? { cursor } : {}) });
        for (const member of answer.members ?? []) all.add(member);
        cursor = answer.response_metadata?.next_cursor ?? '';
        if (cursor === '') return all;
      }
      return undefined;
    } catch (error) {
      this.log.warn({ channel, error: troubleOf(error).error }, 'members of the channel not readable');
      return undefined;
    }
  }
}

function problemOf(trouble: Trouble): GroupProblem {
  switch (trouble.kind) {
    case 'rate-limited':
      return 'rate-limited';
    case 'refused':
      return trouble.error === 'missing_scope' ? 'missing-scope' : 'unreadable';
    case 'not-sent':
    case 'unclear':
      return 'unreadable';
  }
}
