/** The least that a store of requests can be given. */
import type { InboxEntry } from '../../src/application/inbox.ts';
import type { Commit } from '../../src/application/ports/requests.ts';
import type { RequestRecord } from '../../src/application/record.ts';
import type { RequestId } from '../../src/domain/ids.ts';

const ASKED = {
  operation: {
    kind: 'create',
    account: 'production',
    instanceId: 'es-cn-2r429tctl000d1aqz',
    serviceId: 'epsrv-hp3xdsq46ael67lob1c2',
    zoneId: 'cn-hangzhou-i',
  },
  reason: 'alerts',
  mode: 'create',
  lifetime: 'permanent',
} as const;

export function submitEntry(id: RequestId, commandId: string, at = 1_000): InboxEntry {
  return { commandId, at, command: { kind: 'submit', id, by: 'U0ANN', asked: ASKED } };
}

export function approveEntry(commandId: string, at = 2_000): InboxEntry {
  return { commandId, at, command: { kind: 'approve', by: 'U0BEN', revision: 1 } };
}

/** @param messages any number, to tell one record from another. */
export function recordOf(id: RequestId, messages = 0): RequestRecord {
  return {
    schema: 1,
    request: {
      status: 'refused',
      id,
      revision: 1,
      requester: 'U0ANN',
      asked: ASKED,
      askedAt: 1_000,
      refusal: { kind: 'no-rule' },
      at: 1_000,
    },
    outgoing: [],
    untold: [],
    messages,
    audit: { count: 0, head: '0'.repeat(64) },
  };
}

let serial = 0;

/** The first commit of a request, unless said otherwise. */
export function commitOf(id: RequestId, over: Partial<Commit> = {}): Commit {
  serial += 1;
  return {
    id,
    commitId: `commit-${String(serial).padStart(8, '0')}`,
    expectedVersion: 0,
    record: recordOf(id),
    audit: [],
    inboxTaken: 0,
    now: 5_000,
    hold: [],
    release: [],
    ...over,
  };
}
