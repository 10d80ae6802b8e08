/** Folds an event into a request. Total over what decide brings about; anything else is a corrupt history, and throws. */
import type { RequestEvent, Ruling } from './events.ts';
import { type ConnectionEvent, evolveConnection, isConnectionEvent } from './evolve-connection.ts';
import type { Approved, Executing, Moment, Request, Status } from './request.ts';

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
  return evolveExisting(state, event, moment);
}

function evolveExisting(
  state: Request,
  event: Exclude<RequestEvent, { type: 'submitted' } | ConnectionEvent>,
  moment: Moment,
): Request {
  const be = <S extends Status>(...statuses: readonly S[]): In<S> => {
    if (!(statuses as readonly Status[]).includes(state.status)) throw corrupt(state, event);
    return state as In<S>;
  };

  switch (event.type) {
    case 'edited': {
      const { id, requester, askedAt, origin } = be('pending', 'refused');
      const common = { id, revision: event.revision, requester, asked: event.asked, askedAt };
      return ruled({ ...common, ...(origin === undefined ? {} : { origin }) }, event.ruling, moment);
    }
    case 'refused': {
      const { id, revision, requester, asked, origin, askedAt } = be('checking');
      return {
        status: 'refused',
        ...{ id, revision, requester, asked, askedAt, ...(origin === undefined ? {} : { origin }) },
        refusal: event.refusal,
        at: moment.now,
      };
    }
    case 'precheck-postponed': {
      const before = be('checking');
      return { ...before, tries: before.tries + 1, notBefore: event.retryAt };
    }
    case 'precheck-passed': {
      const { tries: _tries, notBefore: _notBefore, ...before } = be('checking');
      return { ...before, status: 'pending', precheck: event.report, approvals: [], since: moment.now };
    }
    case 'precheck-completed': {
      const { tries: _tries, notBefore: _notBefore, expiresAt: _expiresAt, ...before } = be('checking');
      return { ...before, status: 'checked', precheck: event.report, at: moment.now };
    }
    case 'approval-given': {
      const before = be('pending');
      return { ...before, approvals: [...before.approvals, event.approval] };
    }
    case 'approved': {
      const { since: _since, expiresAt: _expiresAt, ...before } = be('pending');
      return {
        ...before,
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
      const { since: _since, expiresAt: _expiresAt, sends: _sends, ...before } = be('pending');
      return { ...before, status: 'rejected', by: event.by, reason: event.reason, at: moment.now };
    }
    case 'cancelled':
      return { ...ending(be('pending', 'checking')), status: 'cancelled', by: event.by, at: moment.now };
    case 'expired':
      return { ...ending(be('pending', 'checking')), status: 'expired', at: moment.now };
    case 'sent-back': {
      const { id, requester, asked, askedAt, rule, origin, sends } = be('approved');
      return {
        status: 'pending',
        ...{
          id,
          revision: event.revision,
          requester,
          asked,
          askedAt,
          rule,
          ...(origin === undefined ? {} : { origin }),
        },
        precheck: event.report,
        approvals: [],
        since: moment.now,
        expiresAt: moment.now + rule.expiresAfterMs,
        ...(sends === undefined ? {} : { sends }),
      };
    }
    case 'recheck-postponed':
      return { ...putOff(be('approved'), event.retryAt), ...(event.problem ? { setback: event.problem } : {}) };
    case 'rechecked':
      return { ...be('approved'), ready: { at: moment.now, endpoints: event.endpoints } };
    case 'slot-reserved':
      return { ...be('approved'), slotAt: event.slotAt, halted: false };
    case 'account-halted':
      return { ...putOff(be('approved'), event.retryAt), halted: true };
    case 'create-claimed': {
      const { sends, ...before } = approvedOnce(be('approved'));
      return {
        ...before,
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
      const { claim: _claim, ...before } = be('executing');
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
        ...approvedOnce(before),
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

function ruled(
  common: Pick<Request, 'id' | 'revision' | 'requester' | 'asked' | 'askedAt' | 'origin'>,
  ruling: Ruling,
  moment: Moment,
): Request {
  switch (ruling.kind) {
    case 'governed':
      return {
        ...common,
        status: 'checking',
        rule: ruling.rule,
        tries: 0,
        notBefore: moment.now,
        expiresAt: ruling.expiresAt,
      };
    case 'refused':
      return { ...common, status: 'refused', refusal: ruling.refusal, at: moment.now };
  }
}

/** What cancelled and expired requests keep. */
function ending(before: In<'pending' | 'checking'>) {
  const { id, revision, requester, asked, askedAt, rule, origin } = before;
  return {
    ...{ id, revision, requester, asked, askedAt, rule, ...(origin === undefined ? {} : { origin }) },
    precheck: before.status === 'pending' ? before.precheck : undefined,
  };
}

type ApprovedOnce = Pick<
  Executing,
  | 'id'
  | 'revision'
  | 'requester'
  | 'asked'
  | 'origin'
  | 'askedAt'
  | 'rule'
  | 'precheck'
  | 'approvals'
  | 'approvedAt'
  | 'generation'
> &
  Pick<Approved, 'sends'>;

/** What every status after the approval has in common. */
function approvedOnce(state: ApprovedOnce): ApprovedOnce {
  const { id, revision, requester, asked, origin, askedAt, rule, precheck, approvals, approvedAt, generation, sends } =
    state;
  return {
    ...{ id, revision, requester, asked, askedAt, rule, precheck, approvals, approvedAt, generation },
    ...(origin === undefined ? {} : { origin }),
    ...(sends === undefined ? {} : { sends }),
  };
}

/** Approved again after an attempt: everything before the next send is done anew. */
function reapproved(before: ApprovedOnce, notBefore: number): Approved {
  return {
    ...approvedOnce(before),
    status: 'approved',
    notBefore,
    tries: before.sends?.attempts ?? 0,
    renewToken: false,
    halted: false,
  };
}

/** The same approval, tried again later, with a new second precheck and a new slot. */
function putOff(before: Approved, notBefore: number): Approved {
  const { ready: _ready, slotAt: _slotAt, ...rest } = before;
  return { ...rest, notBefore, tries: before.tries + 1 };
}

function corrupt(state: Request | undefined, event: RequestEvent): Error {
  return new Error(`event ${event.type} can't follow status ${state?.status ?? '(none)'}`);
}
