/** What the bot itself has written down, read from its Redis: every request's record and audit chain. */
import { decodeAudit } from '../../src/adapters/redis/codecs/audit-entry.ts';
import { decodeRecord } from '../../src/adapters/redis/codecs/record.ts';
import { workspaceKeys } from '../../src/adapters/redis/keys.ts';
import type { AuditEntry, RequestRecord } from '../../src/application/record.ts';
import { FINAL } from '../../src/domain/request.ts';
import type { RedisServer } from '../support/redis-servers.ts';
import type { Ledger } from './types.ts';

const KEYS = workspaceKeys('T0ACME');
const RECORDS = KEYS.record('req_' as never);
const SCAN = 1_000;

export async function readLedger({ client }: RedisServer): Promise<Ledger> {
  const audits = new Map<string, readonly AuditEntry[]>();
  const records = new Map<string, RequestRecord>();
  for (const id of await requestIds(client)) {
    const [data, entries] = await Promise.all([
      client.hget(KEYS.record(id), 'data'),
      client.lrange(KEYS.audit(id), 0, -1),
    ]);
    if (data !== null) records.set(id, decodeRecord(data));
    audits.set(id, entries.map(decodeAudit));
  }
  return { audits, records };
}

/** Those that have something left to do or to say, each with what it is. */
export async function unsettled({ client }: RedisServer): Promise<readonly string[]> {
  const open: string[] = [];
  for (const id of await requestIds(client)) {
    const [data, waiting] = await Promise.all([client.hget(KEYS.record(id), 'data'), client.llen(KEYS.inbox(id))]);
    if (data === null) open.push(`${id}: submitted, and nothing came of it`);
    else if (waiting > 0) open.push(`${id}: ${waiting} in its inbox`);
    else open.push(...leftIn(decodeRecord(data)));
  }
  return open;
}

function leftIn({ request, outgoing, untold }: RequestRecord): readonly string[] {
  const { id, status } = request;
  if (!FINAL.has(status) && status !== 'refused' && status !== 'failed') return [`${id}: ${status}`];
  if (request.status === 'succeeded' && request.connection.phase !== 'connected') {
    return [`${id}: its connection is ${request.connection.phase}`];
  }
  // Without a card there is no thread.
  if (untold.length > 0 && outgoing.some(({ about }) => about.kind === 'card'))
    return [`${id}: ${untold.length} transitions are not in its thread`];
  const unsaid = outgoing.filter(
    ({ delivery, plain }) =>
      delivery.state !== 'sent' || delivery.hash === undefined || delivery.strayUntil !== undefined || plain,
  );
  return unsaid.map(({ key, delivery }) => `${id}: its ${key} is ${delivery.state}`);
}

async function requestIds(client: RedisServer['client']): Promise<readonly `req_${string}`[]> {
  const ids: `req_${string}`[] = [];
  const prefixes = [RECORDS, KEYS.inbox('req_' as never)];
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(
      cursor,
      'MATCH',
      `${RECORDS.slice(0, RECORDS.indexOf('}') + 1)}*`,
      'COUNT',
      SCAN,
    );
    cursor = next;
    for (const key of keys) {
      const prefix = prefixes.find((each) => key.startsWith(each));
      if (prefix !== undefined) ids.push(`req_${key.slice(prefix.length)}`);
    }
  } while (cursor !== '0');
  return [...new Set(ids)];
}
