/** Looks at the bot's own standing in Slack, its channels and its approvers, for the doctor; changes nothing. */
import type { WebClient } from '@slack/web-api';
import * as z from 'zod';
import { clockAheadMs } from '../../application/doctor/clock-ahead.ts';
import type { Group, SlackExaminer, Unknown } from '../../application/doctor/ports.ts';
import type { Log } from '../../application/ports/log.ts';
import { standingOf } from './standing.ts';
import { networkTrouble, troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';

const TIMEOUT_MS = 8_000;

const identitySchema = z.discriminatedUnion('ok', [
  z.looseObject({ ok: z.literal(true), team_id: z.string(), team: z.string().catch('') }),
  z.looseObject({ ok: z.literal(false), error: z.string().catch('no reason given') }),
]);

export interface ExaminerOptions {
  readonly token: string;
  /** In Socket Mode. */
  readonly appToken: string | undefined;
  readonly apiUrl: string;
  readonly log: Log;
}

export function createSlackExaminer({ token, appToken, apiUrl, log }: ExaminerOptions): SlackExaminer {
  const client = webClient({ token, apiUrl, log, timeoutMs: TIMEOUT_MS });
  return {
    identify: () => identify(token, apiUrl),
    async socket() {
      if (appToken === undefined) return 'not-used';
      const app = webClient({ token: appToken, apiUrl, log, timeoutMs: TIMEOUT_MS });
      return await asked(async () => {
        await app.apps.connections.open({});
        return 'ready' as const;
      }, refused);
    },
    channel: (id) =>
      asked(async () => {
        const { channel } = await client.conversations.info({ channel: id });
        return { kind: 'found', archived: channel?.is_archived === true, joined: channel?.is_member === true } as const;
      }, absentIf('channel_not_found')),
    standing: (id, teamId) =>
      asked(
        async () => {
          const { user } = await client.users.info({ user: id });
          return user === undefined ? 'unknown' : standingOf(user, teamId);
        },
        absentIf('user_not_found', 'user_not_visible'),
      ),
    groups: () => asked(() => readGroups(client), notKnown),
  };
}

async function readGroups(client: WebClient): Promise<ReadonlyMap<string, Group>> {
  const { usergroups = [] } = await client.usergroups.list({ include_disabled: true, include_users: true });
  return new Map(
    usergroups.flatMap(({ id, date_delete: deletedAt, users = [] }) =>
      id === undefined ? [] : [[id, { disabled: (deletedAt ?? 0) > 0, members: users }] as const],
    ),
  );
}

/** Not by the client: it gives neither the answer's date nor, when refused, its scopes. */
async function identify(token: string, apiUrl: string): ReturnType<SlackExaminer['identify']> {
  const sentAt = Date.now();
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(new URL('auth.test', apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.json();
  } catch (error) {
    return notKnown(networkTrouble(error).error);
  }
  const read = identitySchema.safeParse(body);
  if (!read.success) return notKnown(`HTTP ${response.status}: not an answer of Slack's`);
  if (!read.data.ok) {
    const { error } = read.data;
    return response.status === 200 ? { kind: 'refused', error } : notKnown(error);
  }
  const { team_id: teamId, team } = read.data;
  const scopes = response.headers.get('x-oauth-scopes') ?? undefined;
  const aheadMs = clockAheadMs(response.headers.get('date') ?? undefined, sentAt, Date.now());
  return { kind: 'identified', teamId, team, scopes: scopes?.split(',').map((scope) => scope.trim()), aheadMs };
}

async function asked<T, N>(ask: () => Promise<T>, otherwise: (error: string, surely: boolean) => N): Promise<T | N> {
  try {
    return await ask();
  } catch (error) {
    const trouble = troubleOf(error);
    return otherwise(trouble.error, trouble.kind === 'refused');
  }
}

const notKnown = (error: string): Unknown => ({ kind: 'unknown', error });

const refused = (error: string, surely: boolean) => (surely ? ({ kind: 'refused', error } as const) : notKnown(error));

const absentIf =
  (...errors: readonly string[]) =>
  (error: string): 'absent' | Unknown =>
    errors.includes(error) ? 'absent' : notKnown(error);
