/** The audit chain of each request against what its thread told: nothing missing, nothing twice, nothing broken. */
import type { Message } from '../../sandbox/slack/model.ts';
import { firstBreak } from '../../src/application/audit-chain.ts';
import type { AuditEntry } from '../../src/application/record.ts';
import type { Ledger } from './types.ts';

type EventType = AuditEntry['event']['type'];

/** What a thread says of each transition that it tells; the others are in the audit only. */
const TOLD: Readonly<Partial<Record<EventType, RegExp>>> = {
  submitted: /> asked for it/,
  edited: /> edited it: revision /,
  refused: /The check refused it|It was refused\./,
  'precheck-passed': /The precheck passed; it waits for approval/,
  'approval-given': /> approved it \(\d+ of \d+\)/,
  approved: /Approved by .* under the rule/,
  rejected: /> rejected it: /,
  cancelled: /> cancelled it/,
  expired: /It expired: /,
  'sent-back': /: revision \d+ needs a new (one|approval)/,
  'account-halted': /are stopped; it waits until an operator/,
  'create-claimed': /The create is being sent \(attempt/,
  'create-postponed': /Nothing was created \(/,
  'create-unclear': /The create’s outcome is unclear \(/,
  'resend-cleared': /Two complete listings showed no new endpoint/,
  'attention-needed': /\): a person must choose/,
  succeeded: /; its domain is /,
  failed: / It failed\. /,
  retried: /> retried it/,
  disowned: /> said that none of /,
  'ghost-seen': /Another endpoint turned up that could be its own/,
  connected: /The connection is up/,
};

export function brokenChains(ledger: Ledger, about: (id: string) => readonly Message[]): readonly string[] {
  const broken: string[] = [];
  for (const [id, entries] of ledger.audits) {
    const at = firstBreak(entries);
    if (at !== undefined) broken.push(`${id}: the chain does not hold at entry ${at}`);
    const head = ledger.records.get(id)?.audit;
    if (head?.count !== entries.length || head.head !== entries.at(-1)?.hash) {
      broken.push(`${id}: ${entries.length} entries, and the record says ${head?.count}`);
    }
    broken.push(...untold(id, entries, about(id)));
  }
  return broken;
}

function untold(id: string, entries: readonly AuditEntry[], messages: readonly Message[]): readonly string[] {
  // Without a card there is no thread; what happened is told to the requester.
  const hasCard = messages.some(({ metadata }) => metadata?.event_type === 'vpc_endpoint_request');
  if (!hasCard) return [];
  const lines = messages.filter(isReply).flatMap(({ text }) => text.split('\n'));
  return Object.entries(TOLD).flatMap(([type, words]) => {
    const happened = entries.filter(({ event }) => event.type === type).length;
    const told = lines.filter((line) => words.test(line)).length;
    return happened === told ? [] : [`${id}: ${type} happened ${happened} times and was told ${told} times`];
  });
}

/** Also a reply whose card was deleted, and a card posted anew has a thread of its own. */
function isReply({ metadata, ephemeralTo }: Message): boolean {
  return ephemeralTo === undefined && String(metadata?.event_payload.message).startsWith('thread-');
}
