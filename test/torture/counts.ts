/** How often each fault really struck: counted where it did, in the stand-ins' own logs. */
import type { LocalCall } from '../../sandbox/alibaba-cloud/server.ts';
import type { ApiCall } from '../../sandbox/slack/call-log.ts';
import type { Ground } from './ground.ts';
import { unansweredPosts } from './slack-trouble.ts';
import { type CloudFault, FAULTS, type FaultName, type Life, type SlackFault } from './types.ts';

export type Counts = ReadonlyMap<FaultName, number>;

export function countFaults(lives: readonly Life[], ground: Ground): Counts {
  const counts = new Map<FaultName, number>();
  for (const name of [...FAULTS.processes, ...FAULTS.people, ...FAULTS.redis]) counts.set(name, ground.tally.of(name));
  counts.set('answers lost with their sockets', ground.network.lost);
  countCloud(lives, ground, counts);
  for (const name of FAULTS.slack)
    counts.set(name, ground.slack.log.calls.filter((call) => isStruck(call, name)).length);
  // A call that hangs is in the log once it has ended.
  counts.set('timeout', unansweredPosts(ground));
  return counts;
}

/** What never struck. */
export function neverStruck(counts: Counts): readonly FaultName[] {
  return [...counts].filter(([, times]) => times === 0).map(([name]) => name);
}

function countCloud(lives: readonly Life[], { cloud }: Ground, counts: Map<FaultName, number>): void {
  const faultOf = new Map(lives.map(({ service, plan }) => [service, plan.cloud]));
  for (const name of FAULTS.cloud) counts.set(name, 0);
  const add = (name: CloudFault, times = 1) => counts.set(name, (counts.get(name) ?? 0) + times);
  for (const call of cloud.calls) {
    if (call.action !== 'CreateVpcEndpoint' || !call.outcome.startsWith('fault:')) continue;
    const name = faultOf.get(serviceIn(call));
    if (name !== undefined && isDueTo(call, name)) add(name);
  }
  const foreign = lives.filter((life) => life.foreign.length > 0);
  counts.set('a foreign endpoint that could be ours', foreign.length);
}

/** Those that come after the effect have to have had one. */
function isDueTo(call: LocalCall, name: CloudFault): boolean {
  switch (name) {
    case 'reply lost after the effect':
    case '5xx after the effect':
    case 'ClientToken ignored':
    case 'ClientToken forgotten':
    case 'IdempotentFailed':
    case 'listed late, within settle':
    case 'listed later than settle, token honoured':
      return call.made !== undefined;
    case '5xx before the effect':
    case 'reset':
    case 'throttling':
    case 'throttling with Retry-After':
      return call.made === undefined;
    case 'dry run that fails':
      return call.dryRun;
    case 'redirect (302)':
    case 'HTML':
    case 'empty body':
    case 'truncated body':
    case 'hang':
    case 'a foreign endpoint that could be ours':
      return true;
  }
}

function serviceIn({ body }: LocalCall): string {
  return /"serviceId":"([^"]+)"/.exec(body)?.[1] ?? '';
}

function isStruck({ fault, answer, method }: ApiCall, name: SlackFault): boolean {
  switch (name) {
    case '429 with Retry-After':
      return fault === 'rate_limited before';
    case '500':
      return fault?.startsWith('server_error') ?? false;
    case 'timeout':
      return false;
    case 'post whose reply is lost':
      return fault === 'reset after' && answer.ok !== false && method === 'chat.postMessage';
    case 'update that lands late':
      return fault === 'hang before' && method === 'chat.update' && answer.ok === true;
    case 'outage of everything':
      return fault === 'reset before';
    case 'message_not_found':
      return method === 'chat.update' && answer.error === name;
    case 'invalid_blocks':
    case 'channel_not_found':
    case 'not_in_channel':
    case 'is_archived':
      return fault === 'error before' && answer.error === name;
  }
}
