/** What people may do to a request, and why not. */
import { endpointName, type PersonCommand, targetName } from './commands.ts';
import { mayBeAccepted } from './connection.ts';
import { approve, approveAlone, barredFrom, oldRevision, remind, review } from './decide-approval.ts';
import { isUpToDate, rulingOf } from './decide-ruling.ts';
import { isFrozen } from './decide-tick.ts';
import { accepted, type Context, type Decision, type Person, refused } from './decision.ts';
import type { ClickRefusal } from './refusals.ts';
import type { Failed, NeedsAttention, Pending, Request } from './request.ts';

type Of<K extends PersonCommand['kind']> = Extract<PersonCommand, { kind: K }>;

/** The policy has changed, and Slack has not said yet under which rule the request is now. */
const NOT_YET = refused({ kind: 'groups-unreadable' });

/** Fails closed: who is not known is nobody. */
const NOBODY: Person = { standing: 'unknown', groups: [], unreadable: [] };

export function decidePerson(state: Request | undefined, command: PersonCommand, context: Context): Decision {
  if (command.kind === 'submit') {
    // A modal submitted twice asks once.
    if (state !== undefined) return accepted();
    const { id, by, asked, origin } = command;
    const ruling = rulingOf(asked, by, context.person ?? NOBODY, context);
    return accepted({ type: 'submitted', id, by, asked, ...(origin === undefined ? {} : { origin }), ruling });
  }
  if (state === undefined) return refused({ kind: 'no-such-request' });
  const person = context.person ?? NOBODY;
  if (person.standing !== 'member') return refused({ kind: 'standing', standing: person.standing });
  return decideClick(state, command, person, context);
}

function decideClick(
  state: Request,
  command: Exclude<PersonCommand, { kind: 'submit' }>,
  person: Person,
  context: Context,
): Decision {
  switch (command.kind) {
    case 'approve':
      return whilePending(state, command, (pending) =>
        isUpToDate(pending, context) ? approve(pending, command, person, context.moment.now) : NOT_YET,
      );
    case 'approve-alone':
      if (state.status === 'approved' && state.emergency === undefined && isFrozen(state, context.moment.now)) {
        return command.revision === state.revision ? approveAlone(state, command, person) : refused(oldRevision(state));
      }
      return whilePending(state, command, (pending) =>
        isUpToDate(pending, context) ? approveAlone(pending, command, person) : NOT_YET,
      );
    case 'remind':
      return whilePending(state, command, (pending) => remind(pending, command, context));
    case 'review':
      return review(state, command, person);
    case 'reject':
      return whilePending(state, command, (pending) => {
        const barred = barredFrom(pending.rule, command.by, person);
        return barred ? refused(barred) : accepted({ type: 'rejected', by: command.by, reason: command.reason });
      });
    case 'cancel':
      if (state.status === 'checking' && state.requester === command.by) {
        return accepted({ type: 'cancelled', by: command.by });
      }
      return whilePending(state, command, (pending) =>
        pending.requester === command.by
          ? accepted({ type: 'cancelled', by: command.by })
          : refused({ kind: 'only-requester' }),
      );
    case 'edit':
      return edit(state, command, person, context);
    case 'retry':
      return retry(state, command, person, context);
    case 'repost-card':
      return command.by === state.requester
        ? accepted({ type: 'card-missed', by: command.by })
        : refused({ kind: 'only-requester' });
    case 'accept-connection':
      return acceptConnection(state, command, person);
    case 'choose-endpoint':
      return chooseEndpoint(state, command, person, context);
  }
}

function whilePending(
  state: Request,
  command: { readonly revision: number },
  decideIt: (pending: Pending) => Decision,
): Decision {
  if (state.status === 'checking') return refused({ kind: 'not-possible-now', status: state.status });
  if (state.status !== 'pending') return refused(alreadyDecided(state));
  if (command.revision !== state.revision) return refused(oldRevision(state));
  return decideIt(state);
}

function edit(state: Request, command: Of<'edit'>, person: Person, context: Context): Decision {
  if (state.status !== 'pending' && state.status !== 'refused') {
    return state.status === 'checking'
      ? refused({ kind: 'not-possible-now', status: state.status })
      : refused(alreadyDecided(state));
  }
  if (command.by !== state.requester) return refused({ kind: 'only-requester' });
  if (command.revision !== state.revision) return refused(oldRevision(state));
  const ruling = rulingOf(command.asked, command.by, person, context, state.place);
  // What waits is not given up because Slack can't tell something at the moment.
  if (ruling.kind === 'refused' && ruling.refusal.kind === 'rule-unclear')
    return refused({ kind: 'groups-unreadable' });
  const voided = state.status === 'pending' ? state.approvals.map(({ by }) => by) : [];
  return accepted({
    type: 'edited',
    by: command.by,
    revision: state.revision + 1,
    asked: command.asked,
    before: state.asked,
    ...(voided.length === 0 ? {} : { voided }),
    ruling,
  });
}

function retry(state: Request, command: Of<'retry'>, person: Person, context: Context): Decision {
  if (state.status !== 'failed') return refused({ kind: 'not-possible-now', status: state.status });
  const barred = barredFromAftermath(state, command, person);
  if (barred !== undefined) return refused(barred);
  const taken = takenTarget(state, context);
  return taken ? refused(taken) : accepted({ type: 'retried', by: command.by });
}

/** It opens the way into somebody's VPC, so it takes whoever could have approved the request. */
function acceptConnection(state: Request, { by, revision }: Of<'accept-connection'>, person: Person): Decision {
  if (state.status !== 'succeeded') return refused({ kind: 'not-possible-now', status: state.status });
  if (revision !== state.revision) return refused(oldRevision(state));
  const { rule, requester, connection } = state;
  if (by === requester && !rule.selfApproval) return refused({ kind: 'requester-may-not-approve', rule: rule.name });
  const barred = barredFrom(rule, by, person);
  if (barred !== undefined) return refused(barred);
  return mayBeAccepted(connection)
    ? accepted({ type: 'acceptance-ordered', by })
    : refused({ kind: 'nothing-to-accept', phase: connection.phase });
}

function chooseEndpoint(state: Request, command: Of<'choose-endpoint'>, person: Person, context: Context): Decision {
  if (state.status !== 'needs-attention') return refused({ kind: 'not-possible-now', status: state.status });
  const barred = barredFromAftermath(state, command, person);
  if (barred !== undefined) return refused(barred);
  if (command.endpoint === undefined) {
    const taken = takenTarget(state, context);
    if (taken !== undefined) return refused(taken);
    return accepted({ type: 'disowned', by: command.by, candidates: state.candidates.map(({ id }) => id) });
  }
  const chosen = state.candidates.find(({ id }) => id === command.endpoint);
  if (chosen === undefined) return refused({ kind: 'endpoint-not-a-candidate' });
  const holder = context.taken.get(endpointName(state.asked.operation.instanceId, chosen.id));
  if (holder !== undefined) return refused({ kind: 'target-taken', by: holder.request });
  const { id, domain, name, serviceId } = chosen;
  return accepted({
    type: 'succeeded',
    endpoint: { id, domain, serviceId, ...(name === undefined ? {} : { name }) },
    how: 'chosen',
    by: command.by,
  });
}

/** Who else has the target that this request let go when it failed. */
function takenTarget({ asked }: Request, { taken }: Context): ClickRefusal | undefined {
  const holder = taken.get(targetName(asked));
  if (holder === undefined) return undefined;
  return { kind: 'target-taken', by: holder.request, ...(holder.link === undefined ? {} : { link: holder.link }) };
}

/** Retry and the choice of an endpoint belong to the requester and to whoever may approve. */
function barredFromAftermath(
  state: Failed | NeedsAttention,
  { by, revision }: { readonly by: string; readonly revision: number },
  person: Person,
): ClickRefusal | undefined {
  if (revision !== state.revision) return oldRevision(state);
  if (by === state.requester) return undefined;
  return barredFrom(state.rule, by, person)?.kind === undefined
    ? undefined
    : { kind: 'only-requester-or-approver', rule: state.rule.name };
}

/** Who decided what and when, for a click that came too late. */
function alreadyDecided(state: Request): ClickRefusal {
  const told = (by: readonly string[], at?: number): ClickRefusal => ({
    kind: 'already-decided',
    status: state.status,
    by,
    ...(at === undefined ? {} : { at }),
  });
  switch (state.status) {
    case 'rejected':
    case 'cancelled':
      return told([state.by], state.at);
    case 'expired':
    case 'refused':
    case 'checked':
      return told([], state.at);
    case 'approved':
    case 'executing':
    case 'unknown':
    case 'needs-attention':
    case 'failed':
    case 'succeeded':
      return told(
        state.approvals.map(({ by }) => by),
        state.approvedAt,
      );
    case 'checking':
    case 'pending':
      return { kind: 'not-possible-now', status: state.status };
  }
}
