/** Lists channels, people and user groups with their names: for setting up, never for the bot. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../application/ports/log.ts';
import { standingOf } from './standing.ts';
import { troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';

export interface Named {
  readonly id: string;
  /** What people call it, without # or @; the first is the one to show. */
  readonly names: readonly string[];
}

export interface Names {
  /** Open ones that the bot can see. @throws {Error} with Slack's word for why not; so do the others. */
  channels(): Promise<readonly Named[]>;
  /** Full members of the workspace: those who may approve. */
  members(teamId: string): Promise<readonly Named[]>;
  /** Enabled ones. */
  groups(): Promise<readonly Named[]>;
}

const TIMEOUT_MS = 10_000;
const A_PAGE = 200;
/** Beyond it names are typed in as ids. */
const PAGES = 100;
const TRIES = 4;
const LONGEST_PAUSE_MS = 30_000;

export function createNames(options: { readonly token: string; readonly apiUrl: string; readonly log: Log }): Names {
  const client = webClient({ ...options, timeoutMs: TIMEOUT_MS });
  return {
    channels: () => allPages((cursor) => channelPage(client, cursor)),
    members: (teamId) => allPages((cursor) => memberPage(client, teamId, cursor)),
    async groups() {
      const { usergroups = [] } = await patiently(() => client.usergroups.list({}));
      return usergroups.flatMap(({ id, handle, name }) => named(id, handle, name));
    },
  };
}

interface Page {
  readonly items: readonly Named[];
  readonly next: string | undefined;
}

async function channelPage(client: WebClient, cursor: string | undefined): Promise<Page> {
  const { channels = [], response_metadata: more } = await patiently(() =>
    client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: A_PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    }),
  );
  return { items: channels.flatMap(({ id, name }) => named(id, name)), next: more?.next_cursor };
}

async function memberPage(client: WebClient, teamId: string, cursor: string | undefined): Promise<Page> {
  const { members = [], response_metadata: more } = await patiently(() =>
    client.users.list({ limit: A_PAGE, ...(cursor === undefined ? {} : { cursor }) }),
  );
  return {
    items: members
      .filter((member) => standingOf(member, teamId) === 'member')
      .flatMap(({ id, name, real_name: realName, profile }) => named(id, name, profile?.display_name, realName)),
    next: more?.next_cursor,
  };
}

function named(id: string | undefined, ...names: readonly (string | undefined)[]): readonly Named[] {
  // They are shown in a terminal, which control characters would steer.
  const given = names.map((name) => (name ?? '').replace(/\p{Cc}+/gu, ' ').trim()).filter((name) => name !== '');
  return id === undefined ? [] : [{ id, names: [...new Set(given)] }];
}

async function allPages(read: (cursor: string | undefined) => Promise<Page>): Promise<readonly Named[]> {
  const items: Named[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { items: more, next } = await read(cursor);
    items.push(...more);
    if (next === undefined || next === '') break;
    cursor = next;
  }
  return items;
}

/** A large workspace's lists take longer than Slack allows at once. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind !== 'rate-limited' || tries === TRIES) throw new Error(trouble.error, { cause: error });
      await sleep(Math.min(trouble.afterMs, LONGEST_PAUSE_MS));
    }
  }
}
