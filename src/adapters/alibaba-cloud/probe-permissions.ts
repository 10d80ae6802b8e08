/** Finds out which RAM actions an account's credentials may do, by calls that can't change anything. */
import type { AccountReport, ActionReport } from '../../application/doctor/ports.ts';
import type { CloudResult } from '../../domain/cloud.ts';
import { judgeProblem } from '../../domain/cloud-errors.ts';
import * as elasticsearch from './elasticsearch.ts';
import * as privatelink from './privatelink.ts';
import type { Transport } from './transport.ts';

/** What the bot asks of an account, as RAM calls it. */
type RamAction =
  | 'elasticsearch:ListInstance'
  | 'elasticsearch:DescribeInstance'
  | 'elasticsearch:ListVpcEndpoints'
  | 'elasticsearch:CreateVpcEndpoint'
  | 'privatelink:ListVpcEndpointServices'
  | 'privatelink:GetVpcEndpointServiceAttribute'
  | 'privatelink:ListVpcEndpointConnections'
  | 'privatelink:EnableVpcEndpointConnection';

interface Report extends ActionReport {
  readonly action: RamAction;
}

export type PermissionReport = AccountReport | { readonly kind: 'no-credentials'; readonly error: string };

/** A policy may name single instances and services: one that is not among them says nothing about the others. */
const MOST_TRIED = 3;

export async function probePermissions(es: Transport, link: Transport, region: string): Promise<PermissionReport> {
  const [instances, services] = await Promise.all([
    elasticsearch.firstInstances(es, MOST_TRIED),
    privatelink.firstEndpointServices(link, region, MOST_TRIED),
  ]);
  for (const list of [instances, services]) {
    if (!list.ok && list.problem.code === 'NoCredentials') {
      return { kind: 'no-credentials', error: list.problem.message ?? list.problem.code };
    }
  }
  const instanceIds = instances.ok ? instances.value.items.map(({ id }) => id) : [];
  const serviceIds = services.ok ? services.value.map(({ id }) => id) : [];
  const actions = await Promise.all([
    report('elasticsearch:ListInstance', instances),
    tryEach('elasticsearch:DescribeInstance', instanceIds, (id) => elasticsearch.describeInstance(es, id)),
    tryEach('elasticsearch:ListVpcEndpoints', instanceIds, (id) => elasticsearch.listEndpoints(es, id)),
    report('privatelink:ListVpcEndpointServices', services),
    tryEach('privatelink:GetVpcEndpointServiceAttribute', serviceIds, (id) =>
      privatelink.describeEndpointService(link, region, id),
    ),
    tryEach('privatelink:ListVpcEndpointConnections', serviceIds, (id) =>
      privatelink.firstConnections(link, region, id),
    ),
    // A dry run says that it changes nothing, but nobody has proof: for these two there is no call without a risk.
    untried('elasticsearch:CreateVpcEndpoint'),
    untried('privatelink:EnableVpcEndpointConnection'),
  ]);
  return {
    kind: 'examined',
    actions,
    instances: instances.ok ? instances.value.total : undefined,
    aheadMs: es.clockAheadMs() ?? link.clockAheadMs(),
  };
}

/** Allowed as soon as it is for one of them. */
async function tryEach(
  action: RamAction,
  ids: readonly string[],
  call: (id: string) => Promise<CloudResult<unknown>>,
): Promise<Report> {
  let last = untried(action);
  for (const id of ids) {
    last = report(action, await call(id));
    if (last.outcome.kind !== 'denied') return last;
  }
  return last;
}

function report(action: RamAction, result: CloudResult<unknown>): Report {
  if (result.ok) return { action, outcome: { kind: 'allowed' } };
  const { problem } = result;
  if (problem.kind === 'answered' && judgeProblem(problem).reason === 'access-denied') {
    return { action, outcome: { kind: 'denied', missing: problem.missingAction ?? action } };
  }
  return { action, outcome: { kind: 'failed', problem } };
}

function untried(action: RamAction): Report {
  return { action, outcome: { kind: 'untried' } };
}
