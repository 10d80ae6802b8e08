/** What a request keeps from one status to the next, and what it leaves behind. */
import type { Approved, Checking, Pending, Request } from './request.ts';

export type Common = Pick<
  Request,
  'id' | 'revision' | 'requester' | 'asked' | 'origin' | 'askedAt' | 'before' | 'place'
>;
type Governed = Common & Pick<Pending, 'rule' | 'policyVersion' | 'escalatedAt' | 'roster'>;

/** What a request is in every status. */
export function commonOf({ id, revision, requester, asked, origin, askedAt, before, place }: Common): Common {
  return {
    ...{ id, revision, requester, asked, askedAt },
    ...(origin === undefined ? {} : { origin }),
    ...(before === undefined ? {} : { before }),
    ...(place === undefined ? {} : { place }),
  };
}

/** For a request that holds its place no longer, so that it does not want it back. */
export function withoutPlace<T extends Common>({ place: _place, ...rest }: T): Omit<T, 'place'> {
  return rest;
}

export function governedOf(state: Governed): Governed {
  const { rule, policyVersion, escalatedAt, roster } = state;
  return {
    ...{ ...commonOf(state), rule },
    ...(policyVersion === undefined ? {} : { policyVersion }),
    ...(escalatedAt === undefined ? {} : { escalatedAt }),
    ...(roster === undefined ? {} : { roster }),
  };
}

/** What cancelled and expired requests keep. */
export function ending(before: Checking | Pending) {
  return { ...governedOf(before), precheck: before.status === 'pending' ? before.precheck : undefined };
}

export type ApprovedOnce = Governed &
  Pick<Approved, 'precheck' | 'approvals' | 'emergency' | 'approvedAt' | 'generation' | 'sends'>;

/** What every status after the approval has in common. */
export function approvedOnce(state: ApprovedOnce): ApprovedOnce {
  const { precheck, approvals, emergency, approvedAt, generation, sends } = state;
  return {
    ...governedOf(state),
    ...{ precheck, approvals, approvedAt, generation },
    ...(emergency === undefined ? {} : { emergency }),
    ...(sends === undefined ? {} : { sends }),
  };
}

/** Approved again after an attempt: everything before the next send is done anew. */
export function reapproved(before: ApprovedOnce, notBefore: number): Approved {
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
export function putOff(before: Approved, notBefore: number): Approved {
  const { ready: _ready, slotAt: _slotAt, ...rest } = before;
  return { ...rest, notBefore, tries: before.tries + 1 };
}
