/** What goes wrong between the bot and Alibaba Cloud for one request, set up before it is asked. */
import { randomBytes } from 'node:crypto';
import type { Fault, FaultKind } from '../../sandbox/alibaba-cloud/faults.ts';
import type { CloudSwitches } from '../../sandbox/alibaba-cloud/switches.ts';
import type { Ground } from './ground.ts';
import type { CloudFault, Life } from './types.ts';

/** The sandbox's `settle` is 2 s. */
const WITHIN_SETTLE_MS = 1_300;
const BEYOND_SETTLE_MS = 4_000;
/** Long enough for somebody else to make the same endpoint meanwhile. */
const MEANWHILE_MS = 1_500;

interface Trouble {
  readonly when: Fault['when'];
  readonly kind: FaultKind;
  readonly times?: number;
  readonly dryRun?: boolean;
  readonly switches?: Partial<CloudSwitches>;
}

export function armCloud({ plan, service }: Life, { cloud }: Ground): void {
  if (plan.cloud === undefined) return;
  const { switches, ...trouble } = troubleOf(plan.cloud, plan.late);
  cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, about: service, ...trouble });
  if (switches !== undefined) cloud.state.ofService.set(service, switches);
}

function troubleOf(name: CloudFault, late: boolean): Trouble {
  const when = late ? 'after' : 'before';
  const throttled = { type: 'status', status: 400, code: 'Throttling.User' } as const;
  const lag = late ? WITHIN_SETTLE_MS : 0;
  switch (name) {
    case 'reply lost after the effect':
      return { when: 'after', kind: { type: 'reset' } };
    case '5xx before the effect':
      return { when: 'before', kind: { type: 'status', status: 503 } };
    case '5xx after the effect':
      return { when: 'after', kind: { type: 'status', status: 500, code: 'InternalError' } };
    case 'redirect (302)':
      return { when, kind: { type: 'redirect' } };
    case 'HTML':
      return { when, kind: { type: 'html' } };
    case 'empty body':
      return { when, kind: { type: 'empty' } };
    case 'truncated body':
      return { when: 'after', kind: { type: 'truncated' } };
    case 'reset':
      return { when: 'before', kind: { type: 'reset' } };
    case 'hang':
      return { when, kind: { type: 'hang' } };
    case 'throttling':
      return { when: 'before', kind: throttled, times: 2 };
    case 'throttling with Retry-After':
      return { when: 'before', kind: { ...throttled, headers: { 'retry-after': '2' } } };
    case 'ClientToken ignored':
      return { when: 'after', kind: { type: 'reset' }, switches: { honourClientToken: false, listLagMs: lag } };
    case 'ClientToken forgotten':
      return { when: 'after', kind: { type: 'empty' }, switches: { tokenLifetimeMs: 1, listLagMs: lag } };
    case 'IdempotentFailed':
      // As when a gateway in between sent it twice: the second one's answer is all that is seen.
      return { when: 'after', kind: { type: 'status', status: 400, code: 'IdempotentFailed' } };
    case 'listed late, within settle':
      return { when: 'after', kind: { type: 'reset' }, switches: { listLagMs: WITHIN_SETTLE_MS } };
    case 'listed later than settle, token honoured':
      return { when: 'after', kind: { type: 'reset' }, switches: { listLagMs: BEYOND_SETTLE_MS } };
    case 'a foreign endpoint that could be ours':
      return { when: 'after', kind: { type: 'hang', ms: MEANWHILE_MS } };
    case 'dry run that fails': {
      const code = late ? {} : { code: 'NoPermission' };
      return { when: 'before', kind: { type: 'status', status: late ? 503 : 403, ...code }, dryRun: true };
    }
  }
}

/** Makes the endpoints that somebody else makes, as soon as the bot's own are there. */
export function plantForeign(lives: readonly Life[], { cloud: { state } }: Ground): void {
  for (const life of lives) {
    if (life.plan.cloud !== 'a foreign endpoint that could be ours' || life.foreign.length > 0) continue;
    const own = state.endpoints.find(({ serviceId }) => serviceId === life.service);
    if (own === undefined) continue;
    const endpointId = `ep-hp3${randomBytes(9).toString('hex').slice(0, 17)}`;
    life.foreign.push(endpointId);
    state.endpoints.push({
      ...own,
      endpointId,
      name: 'foreign',
      domain: own.domain.replace(own.endpointId, endpointId),
    });
  }
}
