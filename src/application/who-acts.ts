/** Who gave the commands that wait: asked of Slack before they are decided, and for how long each can wait for that. */
import type { PersonCommand } from '../domain/commands.ts';
import { isUpToDate, ruleFor } from '../domain/decide-ruling.ts';
import type { Context, Person } from '../domain/decision.ts';
import { groupsOfRequesters } from '../domain/policy/match.ts';
import { groupsOf } from '../domain/policy/progress.ts';
import type { Rule } from '../domain/policy/rule.ts';
import type { Moment } from '../domain/request.ts';
import type { InboxEntry } from './inbox.ts';
import type { Launch } from './launches.ts';
import type { IdentifiedPerson } from './ports/directory.ts';
import type { RequestRecord } from './record.ts';
import type { Workspace } from './workspace.ts';

/** So long a request waits until the user groups can be read that decide which rule it falls under. */
const GROUPS_PATIENCE_MS = 60_000;
/** So long a yes waits while the request is held against a policy that has changed; then it is refused. */
const POLICY_PATIENCE_MS = 2_000;

/** @param known is told who it was, unless that is to be asked again. */
export function identify(
  { commandId, command, at }: InboxEntry,
  record: RequestRecord | undefined,
  { now }: Moment,
  { policy, directory }: Pick<Workspace, 'policy' | 'directory'>,
  known: (person: IdentifiedPerson) => void,
): Launch {
  const request = record?.request;
  const asks = command.kind === 'submit' || command.kind === 'edit';
  const groups = [
    ...(request !== undefined && 'rule' in request ? groupsOf(request.rule) : []),
    ...(asks ? groupsOfRequesters(policy.current().rules) : []),
  ];
  return {
    key: `identify:${commandId}`,
    at: now,
    run: async () => {
      const person = await directory.identify(command.by, groups);
      const patient = command.kind === 'submit' && canWait(command, person, now - at, policy.current().rules);
      return () => {
        if (!patient) known(person);
      };
    },
  };
}

/**
 * A click wants its answer now; a submit can wait until Slack says who it was, and for a while until it says whether
 * they are in the user groups that its rule hangs on.
 */
function canWait(
  { asked, by }: Extract<PersonCommand, { kind: 'submit' }>,
  person: Person,
  waitedMs: number,
  rules: readonly Rule[],
): boolean {
  if (person.standing === 'unknown') return true;
  return waitedMs < GROUPS_PATIENCE_MS && ruleFor(asked, by, person, rules).kind === 'unclear';
}

/** A yes counts under the policy that applies now; for a while it waits until the request has been held against it. */
export function mustWaitForPolicy(
  { command, at }: InboxEntry,
  record: RequestRecord | undefined,
  context: Context,
): boolean {
  const request = record?.request;
  if (request?.status !== 'pending' || isUpToDate(request, context)) return false;
  const isYes = command.kind === 'approve' || command.kind === 'approve-alone';
  return isYes && context.moment.now < at + POLICY_PATIENCE_MS;
}
