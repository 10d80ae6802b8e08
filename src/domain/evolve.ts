/** Folds an event into a request. Total over what decide brings about; anything else is a corrupt history, and throws. */
import type { RequestEvent, Ruling } from './events.ts';
import { type ConnectionEvent, evolveConnection, isConnectionEvent } from './evolve-connection.ts';
import { givenBy, reviewed } from './evolve-emergency.ts';
import {
  approvedOnce,
  type Common,
  commonOf,
  ending,
  governedOf,
  putOff,
  reapproved,
  withoutPlace,
} from './evolve-parts.ts';
import { evolveWaiting, isWaitingEvent, type WaitingEvent, waitingSince } from './evolve-pending.ts';
import type { Moment, Request, Status } from './request.ts';

type In<S extends Status> = Extract<Request, { status: S }>;

export function evolve(state: Request | undefined, event: RequestEvent, moment: Moment): Request {
  if (event.type === 'submitted') {
    if (state !== undefined) throw corrupt(state, event);
    const { id, by, asked, origin, ruling } = event;
    const common = { id, revision: 1, requester: by, asked, askedAt: moment.now };
    return ruled({ ...common, ...(origin === undefined ? {} : { origin }) }, ruling, moment);
  }
  if (state === undefined) throw corrupt(state, event);
  if (isConnectionEvent(event)) {
    if (state.status !== 'succeeded') throw corrupt(state, event);
    return evolveConnection(state, event, moment);
  }
  if (isWaitingEvent(event)) {
    if (state.status !== 'checking' && state.status !== 'pending') throw corrupt(state, event);
    return evolveWaiting(state, event, moment);
  }
  return evolveExisting(state, event, moment);
}

function evolveExisting(
  state: Request,
  event: Exclude<RequestEvent, { type: 'submitted' } | ConnectionEvent | WaitingEvent>,
  moment: Moment,
): Request {
  const be = <S extends Status>(...statuses: readonly S[]): In<S> => {
    if (!(statuses as readonly Status[]).includes(state.status)) throw corrupt(state, event);
    return state as In<S>;
  };

  switch (event.type) {
    case 'edited': {
      // The ruling says which place it takes.
      const before = withoutPlace(commonOf(be('pending', 'refused')));
      const { revision, asked } = event;
      return ruled({ ...before, revision, asked, before: event.before }, event.ruling, moment);
    }
    case 'refused': {
      // A request that waits is refused when the policy, changed, has no rule for it any more.
      const before = withoutPlace(commonOf(be('checking', 'pending')));
      return { ...before, status: 'refused', refusal: event.refusal, at: moment.now };
    }
    case 'precheck-postponed': {
      const before = be('checking');
      return { ...before, tries: before.tries + 1, notBefore: event.retryAt };
    }
    case 'precheck-passed': {
      const { tries: _tries, notBefore: _notBefore, ...before } = be('checking');
      return {
        ...before,
        status: 'pending',
        precheck: event.report,
        ...waitingSince(before.rule, moment, event.roster),
      };
    }
    case 'precheck-completed': {
      const { tries: _tries, notBefore: _notBefore, expiresAt: _expiresAt, ...before } = be('checking');
      return { ...before, status: 'checked', precheck: event.report, at: moment.now };
    }
    case 'approved': {
      const before = be('pending', 'approved');
      if (before.status === 'approved') {
        // In a freeze: what was approved already is approved by one alone, and goes ahead.
        const { frozen: _frozen, ...rest } = before;
        return { ...rest, ...givenBy(before, event, moment), approvedAt: moment.now, notBefore: moment.now };
      }
      const { sends, precheck } = before;
      return {
        ...governedOf(before),
        ...{ precheck, ...(sends === undefined ? {} : { sends }) },
        ...givenBy(before, event, moment),
        status: 'approved',
        approvedAt: moment.now,
        generation: 1,
        notBefore: moment.now,
        tries: 0,
        renewToken: false,
        halted: false,
      };
    }
    case 'rejected': {
      const before = be('pending');
      const { precheck, approvals } = before;
      const { by, reason } = event;
      return { ...governedOf(before), status: 'rejected', precheck, approvals, by, reason, at: moment.now };
    }
    case 'cancelled':
      return { ...ending(be('pending', 'checking')), status: 'cancelled', by: event.by, at: moment.now };
    case 'expired':
      return { ...ending(be('pending', 'checking')), status: 'expired', at: moment.now };
    case 'sent-back': {
      // It asks for what it asked for: nothing was edited.
      const { before: _before, sends, ...before } = be('approved');
      const { rule } = before;
      return {
        ...governedOf(before),
        status: 'pending',
        revision: event.revision,
        precheck: event.report,
        ...waitingSince(rule, moment),
        expiresAt: moment.now + rule.expiresAfterMs,
        ...(sends === undefined ? {} : { sends }),
      };
    }
    case 'recheck-postponed':
      return { ...putOff(be('approved'), event.retryAt), ...(event.problem ? { setback: event.problem } : {}) };
    case 'rechecked':
      return { ...be('approved'), ready: { at: moment.now, endpoints: event.endpoints } };
    case 'frozen': {
      const { until, reason } = event;
      return { ...putOff(be('approved'), until), frozen: { until, ...(reason === undefined ? {} : { reason }) } };
    }
    case 'slot-reserved':
      return { ...be('approved'), slotAt: event.slotAt, halted: false };
    case 'account-halted':
      return { ...putOff(be('approved'), event.retryAt), halted: true };
    case 'create-claimed': {
      const approved = be('approved');
      const { sends, ...before } = approvedOnce(approved);
      return {
        ...before,
        ...(approved.slotAt === undefined ? {} : { slotAt: approved.slotAt }),
        status: 'executing',
        generation: event.generation,
        claim: event.claim,
        clientToken: event.clientToken,
        sends: {
          baseline: event.baseline,
          firstAt: sends?.firstAt ?? event.claim.since,
          attempts: event.attempt,
          setbacks: sends?.setbacks ?? 0,
          uncertain: sends?.uncertain ?? false,
        },
      };
    }
    case 'create-postponed': {
      const { claim: _claim, clientToken: _clientToken, ...before } = be('executing');
      return {
        ...reapproved(before, event.retryAt),
        sends: { ...before.sends, setbacks: before.sends.setbacks + 1 },
        setback: event.problem,
      };
    }
    case 'create-unclear': {
      const { claim: _claim, slotAt: _slotAt, ...before } = be('executing');
      return {
        ...before,
        status: 'unknown',
        sends: { ...before.sends, uncertain: true },
        problem: event.problem,
        afterwards: event.afterwards,
        looks: 0,
        nextLookAt: moment.wall,
      };
    }
    case 'looked': {
      const { emptySince, severalSince, ...before } = be('unknown');
      const since = (seen: boolean, first: number | undefined) => (seen ? (first ?? moment.wall) : undefined);
      const empty = event.complete ? since(event.found === 0, emptySince) : emptySince;
      const several = event.complete ? since(event.found > 1, severalSince) : severalSince;
      return {
        ...before,
        looks: before.looks + 1,
        nextLookAt: event.nextLookAt,
        ...(empty === undefined ? {} : { emptySince: empty }),
        ...(several === undefined ? {} : { severalSince: several }),
      };
    }
    case 'resend-cleared': {
      const before = be('unknown');
      return { ...reapproved(approvedOnce(before), event.retryAt), sends: before.sends, setback: before.problem };
    }
    case 'attention-needed': {
      const before = be('approved', 'executing', 'unknown', 'failed');
      if (before.sends === undefined) throw corrupt(state, event);
      return {
        ...approvedOnce(before),
        status: 'needs-attention',
        sends: before.sends,
        candidates: event.candidates,
        ...(event.targetLost ? { targetLost: true } : {}),
        at: moment.now,
      };
    }
    case 'succeeded': {
      const before = be('approved', 'executing', 'unknown', 'needs-attention');
      if (before.sends === undefined) throw corrupt(state, event);
      return {
        ...approvedOnce(before),
        status: 'succeeded',
        sends: before.sends,
        endpoint: event.endpoint,
        how: event.how,
        at: moment.now,
        connection: {
          phase: 'connecting',
          since: moment.now,
          looks: 0,
          nextLookAt: moment.now,
          told: false,
          orders: 0,
        },
        ghosts: [],
        ...(event.watch ? { watch: event.watch } : {}),
      };
    }
    case 'failed': {
      const before = be('approved', 'executing', 'unknown');
      return {
        // Somebody else may have its place by the time it is retried, and it was approved already: it goes on without one.
        ...withoutPlace(approvedOnce(before)),
        status: 'failed',
        failure: event.failure,
        at: moment.now,
        ...(event.watch ? { watch: event.watch } : {}),
      };
    }
    case 'retried': {
      const before = be('failed');
      return {
        ...reapproved(approvedOnce(before), moment.now),
        renewToken: before.sends !== undefined,
        ...(before.sends === undefined ? {} : { sends: { ...before.sends, setbacks: 0 } }),
      };
    }
    case 'disowned': {
      const before = be('needs-attention');
      return {
        ...reapproved(approvedOnce(before), moment.now),
        sends: { ...before.sends, baseline: [...before.sends.baseline, ...event.candidates] },
      };
    }
    case 'ghost-seen': {
      const { watch: _watch, ...before } = be('succeeded');
      return { ...before, ghosts: [...before.ghosts, ...event.endpoints] };
    }
    case 'review-reminded':
    case 'reviewed':
      return reviewed(be('approved', 'executing', 'unknown', 'needs-attention', 'failed', 'succeeded'), event, moment);
    case 'watched': {
      const { watch: _watch, ...before } = be('succeeded', 'failed');
      return { ...before, ...(event.watch ? { watch: event.watch } : {}) };
    }
    case 'result-channel-closed':
    case 'card-not-findable':
    case 'card-missed':
    case 'attempt-refused':
      return state;
  }
}

function ruled(common: Common, ruling: Ruling, moment: Moment): Request {
  switch (ruling.kind) {
    case 'governed':
      return {
        ...common,
        status: 'checking',
        rule: ruling.rule,
        ...(ruling.policyVersion === undefined ? {} : { policyVersion: ruling.policyVersion }),
        ...(ruling.place === undefined ? {} : { place: ruling.place }),
        tries: 0,
        notBefore: moment.now,
        expiresAt: ruling.expiresAt,
      };
    case 'refused':
      return { ...common, status: 'refused', refusal: ruling.refusal, at: moment.now };
  }
}

function corrupt(state: Request | undefined, event: RequestEvent): Error {
  return new Error(`event ${event.type} can't follow status ${state?.status ?? '(none)'}`);
}
