/** The precheck before anyone is asked: four questions to the cloud at once, and to Slack who is to be asked. */
import type { Outcome } from '../../domain/commands.ts';
import { judgeAnswers, type PrecheckAnswers } from '../../domain/precheck.ts';
import type { Request } from '../../domain/request.ts';
import type { CloudAccount } from '../ports/cloud.ts';
import type { Workspace } from '../workspace.ts';
import { rosterOf } from './read-roster.ts';

export async function precheck(
  request: Request,
  { revision, tries }: { readonly revision: number; readonly tries: number },
  workspace: Workspace,
): Promise<Outcome> {
  const { channel, operation } = request.asked;
  const isForApproval = 'rule' in request && request.asked.mode === 'create';
  const [answers, canPost, roster] = await Promise.all([
    askCloud(request, workspace),
    channel === undefined ? undefined : workspace.announcer.canPost(channel),
    isForApproval ? rosterOf(request.rule, workspace) : undefined,
  ]);
  const known = {
    ...(canPost === undefined ? {} : { canPost }),
    ...(roster === undefined ? {} : { roster }),
  };
  return { kind: 'prechecked', revision, tries, report: judgeAnswers(operation, answers), ...known };
}

/** Asks everything in parallel. A dry run that creates stops the account's creates before anything else happens. */
export async function askCloud(request: Request, workspace: Workspace): Promise<PrecheckAnswers> {
  const { operation } = request.asked;
  const account = accountOf(request, workspace);
  const [instance, service, endpoints, dryRun] = await Promise.all([
    account.describeInstance(operation.instanceId),
    account.describeEndpointService(operation.serviceId),
    account.listEndpoints(operation.instanceId),
    account.dryRunCreateEndpoint(operation),
  ]);
  if (dryRun.ok && dryRun.value !== undefined) {
    const { wall } = await workspace.clock.read();
    await workspace.slots.halt(operation.account, { request: request.id, endpoint: dryRun.value.id, at: wall });
  }
  return { instance, service, endpoints, dryRun };
}

/** @throws for an account that the config file no longer has. */
export function accountOf(request: Request, { accounts }: Pick<Workspace, 'accounts'>): CloudAccount {
  const name = request.asked.operation.account;
  const account = accounts.get(name);
  if (account === undefined) throw new Error(`account ${name} is not in the config file`);
  return account;
}
