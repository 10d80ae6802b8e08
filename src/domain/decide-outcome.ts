/** What follows from what an effect brought back; an outcome whose occasion is over is dropped, never guessed at. */

import type { Operation } from './asked.ts';
import { backoffMs } from './backoff.ts';
import type { CloudProblem, CreatedEndpoint, ListedEndpoint } from './cloud.ts';
import { judgeProblem } from './cloud-errors.ts';
import { endpointName, type Outcome, targetName } from './commands.ts';
import { byItself } from './decide-ruling.ts';
import type { Context } from './decision.ts';
import type { RequestEvent } from './events.ts';
import { candidates } from './ownership.ts';
import { firstRefusal, newFailures, readsMissing } from './precheck.ts';
import type { Approved, Failed, MadeEndpoint, Request, Sends, Unknown, Watch } from './request.ts';

type Of<K extends Outcome['kind']> = Extract<Outcome, { kind: K }>;
type Events = readonly RequestEvent[];

/** How many times an endpoint is looked out for after a send of unknown outcome has been given up. */
const WATCH_LOOKS = 3;
/** How long several candidates must last before a person is asked: another request may be about to claim its own. */
const SEVERAL_PATIENCE_MS = 5_000;
const HALT_RECHECK_MS = 60_000;
/** After this an outcome is looked for at leisure, and an endpoint without a domain is taken as it is. */
const LOOK_OFTEN_MS = 10 * 60_000;

/** Those of the way to an endpoint; its connection has a room of its own. */
export type CreateOutcome = Exclude<
  Outcome,
  { kind: 'connection-seen' | 'acceptance-answered' | 'card-not-findable' | 'policy-changed' }
>;

export function decideOutcome(state: Request, outcome: CreateOutcome, context: Context): Events {
  switch (outcome.kind) {
    case 'prechecked':
      return prechecked(state, outcome, context);
    case 'rechecked':
      return state.status === 'approved' && state.tries === outcome.tries ? rechecked(state, outcome, context) : [];
    case 'slot-reserved':
      return state.status === 'approved' && state.tries === outcome.tries && state.slotAt === undefined
        ? [{ type: 'slot-reserved', slotAt: outcome.slotAt }]
        : [];
    case 'account-halted':
      return state.status === 'approved' && state.tries === outcome.tries
        ? [{ type: 'account-halted', retryAt: context.moment.now + HALT_RECHECK_MS }]
        : [];
    case 'create-answered':
      return outcome.result.ok
        ? created(state, outcome.attempt, outcome.result.value, outcome.result.requestId, context)
        : notCreated(state, outcome.attempt, outcome.result.problem, context);
    case 'looked':
      return looked(state, outcome, context);
    case 'roster-read':
      return state.status === 'pending' && state.revision === outcome.revision
        ? [{ type: 'roster-read', roster: outcome.roster }]
        : [];
  }
}

function prechecked(
  state: Request,
  { revision, tries, report, roster, canPost }: Of<'prechecked'>,
  context: Context,
): Events {
  if (state.status !== 'checking' || state.revision !== revision || state.tries !== tries) return [];
  const refusal = firstRefusal(report);
  // A dry run that creates is an incident whatever was asked for.
  if (refusal?.kind === 'dry-run-created') return [{ type: 'refused', refusal }];
  if (readsMissing(report) && refusal === undefined) {
    return [{ type: 'precheck-postponed', report, retryAt: context.moment.now + backoffMs(tries, context.jitter) }];
  }
  if (state.asked.mode === 'precheck') return [{ type: 'precheck-completed', report }];
  if (refusal !== undefined) return [{ type: 'refused', refusal }];
  const { channel } = state.asked;
  const closed =
    canPost === false && channel !== undefined ? [{ type: 'result-channel-closed', channel } as const] : [];
  const passed = { type: 'precheck-passed', report, ...(roster === undefined ? {} : { roster }) } as const;
  return [...closed, passed, ...byItself(state, context)];
}

function rechecked(state: Approved, { report, listing, others }: Of<'rechecked'>, context: Context): Events {
  const retryAt = context.moment.now + backoffMs(state.tries, context.jitter);
  if (listing === undefined || readsMissing(report)) return [{ type: 'recheck-postponed', retryAt }];

  if (state.sends?.uncertain) {
    const free = listing.filter(({ id }) => !others.includes(id));
    const found = ours(state.asked.operation, state.sends, free, context);
    if (isUnnamed(found)) return [{ type: 'recheck-postponed', retryAt }];
    if (found.length > 0) return adopt(found, state.sends, context);
  }
  const refusal = firstRefusal(report);
  if (refusal !== undefined) {
    const checks = newFailures(state.precheck, report);
    const sendBack = state.sends === undefined && refusal.kind !== 'dry-run-created' && checks.length > 0;
    if (sendBack) {
      const why = { kind: 'precheck-differs', checks } as const;
      return [{ type: 'sent-back', revision: state.revision + 1, why, report }, ...byItself(state, context)];
    }
    return [{ type: 'failed', failure: refusal, ...watchAfter(state.sends, context) }];
  }
  return [{ type: 'rechecked', report, endpoints: listing.map(({ id }) => id) }];
}

/** A create's own answer is welcome even when it is late, as long as the request still waits for its endpoint. */
function created(
  state: Request,
  attempt: number,
  value: CreatedEndpoint,
  requestId: string | undefined,
  context: Context,
): Events {
  const endpoint: MadeEndpoint = { ...value, ...(requestId === undefined ? {} : { requestId }) };
  switch (state.status) {
    case 'approved':
    case 'executing':
    case 'unknown':
    case 'needs-attention': {
      if (state.sends === undefined || attempt > state.sends.attempts) return [];
      const name = endpointName(state.asked.operation.instanceId, value.id);
      if (context.taken.has(name)) {
        // Another request holds what this create answered with: two tokens for one endpoint. A person must look.
        return state.status === 'needs-attention'
          ? []
          : [{ type: 'attention-needed', candidates: [listed(state, value)] }];
      }
      const watch = attempt > 1 || state.sends.attempts > 1 ? watchAfter(state.sends, context) : {};
      return [{ type: 'succeeded', endpoint, how: 'answered', ...watch }];
    }
    case 'failed':
      return state.sends !== undefined && attempt <= state.sends.attempts
        ? [afterFailure(state, [listed(state, value)], context)]
        : [];
    case 'succeeded':
      return state.endpoint.id === value.id || state.ghosts.some(({ id }) => id === value.id)
        ? []
        : [{ type: 'ghost-seen', endpoints: [listed(state, value)] }];
    case 'checking':
    case 'refused':
    case 'checked':
    case 'pending':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return [];
  }
}

function notCreated(state: Request, attempt: number, problem: CloudProblem, context: Context): Events {
  if (state.status !== 'executing' || state.sends.attempts !== attempt) return [];
  const judgement = judgeProblem(problem);
  if (judgement.applied === 'maybe') return [{ type: 'create-unclear', problem, afterwards: judgement.after }];
  if (judgement.again === 'never') {
    const failure = { kind: 'cloud', reason: judgement.reason, problem } as const;
    return [{ type: 'failed', failure, ...watchAfter(state.sends, context) }];
  }
  const wait = Math.max(
    judgement.minDelayMs,
    problem.retryAfterMs ?? 0,
    backoffMs(state.sends.setbacks, context.jitter),
  );
  return [{ type: 'create-postponed', problem, retryAt: context.moment.now + wait }];
}

function looked(state: Request, outcome: Of<'looked'>, context: Context): Events {
  const { attempt, listing } = outcome;
  switch (state.status) {
    case 'executing': {
      // The claim is another run's: its single endpoint may be adopted at once, anything else waits for the window.
      if (state.sends.attempts !== attempt || listing === undefined) return [];
      const found = ours(state.asked.operation, state.sends, listing, context);
      return found.length === 1 && !isUnnamed(found) ? adopt(found, state.sends, context) : [];
    }
    case 'unknown':
      return state.sends.attempts === attempt ? readBack(state, outcome, context) : [];
    case 'failed':
    case 'succeeded': {
      if (state.watch === undefined || state.sends === undefined) return [];
      const known = state.status === 'succeeded' ? [state.endpoint.id, ...state.ghosts.map(({ id }) => id)] : [];
      const found =
        listing === undefined
          ? []
          : ours(state.asked.operation, state.sends, listing, context).filter(({ id }) => !known.includes(id));
      if (found.length === 0) {
        const left = state.watch.left - (listing === undefined ? 0 : 1);
        const wait = context.settleMs * 2 ** (WATCH_LOOKS - left);
        return [{ type: 'watched', ...(left > 0 ? { watch: { nextAt: context.moment.wall + wait, left } } : {}) }];
      }
      return state.status === 'failed'
        ? [afterFailure(state, found, context)]
        : [{ type: 'ghost-seen', endpoints: found }];
    }
    case 'checking':
    case 'refused':
    case 'checked':
    case 'pending':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'approved':
    case 'needs-attention':
      return [];
  }
}

function readBack(state: Unknown, { looks, listing }: Of<'looked'>, context: Context): Events {
  const { wall, now } = context.moment;
  const sinceMs = wall - state.sends.firstAt;
  const pause = backoffMs(state.looks, context.jitter, 500, sinceMs < LOOK_OFTEN_MS ? 30_000 : 15 * 60_000);
  // A look of an earlier round may show what it found; what it did not find counts for nothing by now.
  const current = looks === state.looks;
  if (listing === undefined) {
    return current ? [{ type: 'looked', found: 0, complete: false, nextLookAt: wall + pause }] : [];
  }

  const found = ours(state.asked.operation, state.sends, listing, context);
  const nameless = isUnnamed(found) && sinceMs < Math.max(LOOK_OFTEN_MS, 3 * context.settleMs);
  if (found.length === 1 && !nameless) return adopt(found, state.sends, context);
  if (!current) return [];
  if (found.length === 1) return [{ type: 'looked', found: 1, complete: true, nextLookAt: wall + pause }];
  if (found.length > 1) {
    const patience = Math.min(context.settleMs, SEVERAL_PATIENCE_MS);
    return state.severalSince !== undefined && wall - state.severalSince >= patience
      ? adopt(found, state.sends, context)
      : [{ type: 'looked', found: found.length, complete: true, nextLookAt: wall + Math.min(pause, patience) }];
  }
  const settledAt = (state.emptySince ?? wall) + context.settleMs;
  // This listing is no older than the moment for which it was due; when it came back says nothing.
  if (state.emptySince === undefined || state.nextLookAt < settledAt) {
    return [{ type: 'looked', found: 0, complete: true, nextLookAt: Math.min(wall + pause, settledAt) }];
  }
  switch (state.afterwards) {
    case 'resend':
      return [{ type: 'resend-cleared', retryAt: now }];
    case 'give-up':
      return [
        { type: 'failed', failure: { kind: 'gave-up', problem: state.problem }, ...watchAfter(state.sends, context) },
      ];
  }
}

/** Another request may have claimed one between the listing and the commit. */
function ours(
  operation: Operation,
  sends: Sends,
  listing: readonly ListedEndpoint[],
  context: Context,
): readonly ListedEndpoint[] {
  return candidates(operation, sends, listing).filter(
    ({ id }) => !context.taken.has(endpointName(operation.instanceId, id)),
  );
}

/** Ours, but the cloud has not given it a domain yet, and the domain is what people wait for. */
function isUnnamed(found: readonly ListedEndpoint[]): boolean {
  return found.length === 1 && found[0]?.domain === '';
}

/** One is ours; of several, a person must say which. */
function adopt(found: readonly ListedEndpoint[], sends: Sends, context: Context): Events {
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return [{ type: 'attention-needed', candidates: found }];
  const { id, domain, name, serviceId } = only;
  const watch = sends.attempts > 1 ? watchAfter(sends, context) : {};
  const endpoint = { id, domain, serviceId, ...(name === undefined ? {} : { name }) };
  return [{ type: 'succeeded', endpoint, how: 'found', ...watch }];
}

/** A failed request has let its target go; whoever took it since keeps it, and this one asks without it. */
function afterFailure(state: Failed, found: readonly ListedEndpoint[], context: Context): RequestEvent {
  const lost = context.taken.has(targetName(state.asked));
  return { type: 'attention-needed', candidates: found, ...(lost ? { targetLost: true } : {}) };
}

/** A send that may have taken effect is looked out for when nobody waits for it any more. */
export function watchAfter(sends: Sends | undefined, context: Context): { watch?: Watch } {
  return sends?.uncertain ? { watch: { nextAt: context.moment.wall + context.settleMs, left: WATCH_LOOKS } } : {};
}

/** A create's answer in the shape of a listing, for a person to choose from. */
function listed(state: Request, { id, domain, name, serviceId }: CreatedEndpoint): ListedEndpoint {
  return {
    id,
    domain,
    serviceId: serviceId ?? state.asked.operation.serviceId,
    ...(name === undefined ? {} : { name }),
  };
}
