/** What a request needs from the world next, as data: the same state and moment always list the same steps. */
import { approvalEndsAt, isFrozen, isReady } from './decide-tick.ts';
import { LADDER, RECHECK_AHEAD_MS } from './decision.ts';
import type { Checking, EmergencyApproval, Failed, Moment, Pending, Request, Succeeded } from './request.ts';

/**
 * A step is due at `at` (`Moment.now` time) and is known by its `key`, which is the same as long as it is the
 * same piece of work. `wait` does nothing: time alone decides then.
 */
export type Step =
  | {
      readonly kind: 'precheck';
      readonly key: string;
      readonly at: number;
      readonly revision: number;
      readonly tries: number;
    }
  | { readonly kind: 'read-roster'; readonly key: string; readonly at: number; readonly revision: number }
  | { readonly kind: 'consider-policy'; readonly key: string; readonly at: number; readonly version: string }
  | { readonly kind: 'recheck'; readonly key: string; readonly at: number; readonly tries: number }
  | { readonly kind: 'reserve-slot'; readonly key: string; readonly at: number; readonly tries: number }
  | { readonly kind: 'create'; readonly key: string; readonly at: number; readonly attempt: number }
  | {
      readonly kind: 'look';
      readonly key: string;
      readonly at: number;
      readonly attempt: number;
      readonly looks: number;
    }
  | { readonly kind: 'watch-connection'; readonly key: string; readonly at: number; readonly looks: number }
  | { readonly kind: 'accept-connection'; readonly key: string; readonly at: number; readonly tries: number }
  | { readonly kind: 'wait'; readonly key: string; readonly at: number };

/**
 * @param holder the run that asks: only it may send under a claim that it holds.
 * @param policyVersion of the policy that applies now.
 */
export function nextSteps(request: Request, moment: Moment, holder: string, policyVersion?: string): readonly Step[] {
  /** A wall time in the terms of `now`. */
  const atWall = (wall: number) => moment.now + (wall - moment.wall);
  const wait = (at: number): Step => ({ kind: 'wait', key: `wait:${at}`, at });

  switch (request.status) {
    case 'checking': {
      const { revision, tries, notBefore, expiresAt } = request;
      return [
        { kind: 'precheck', key: `precheck:${revision}:${tries}`, at: notBefore, revision, tries },
        ...considerPolicy(request, moment, policyVersion),
        wait(expiresAt),
      ];
    }
    case 'pending': {
      const { revision, expiresAt, rosterDueAt, since, reminders, rule } = request;
      return [
        wait(expiresAt),
        { kind: 'read-roster', key: `read-roster:${revision}:${rosterDueAt}`, at: rosterDueAt, revision },
        ...considerPolicy(request, moment, policyVersion),
        ...(reminders.nextAt === undefined ? [] : [wait(reminders.nextAt)]),
        ...(rule.escalation === undefined ? [] : [wait(since + rule.escalation.afterMs)]),
      ];
    }
    case 'approved': {
      if (isFrozen(request, moment.now)) return [...reviewDue(request), wait(request.frozen?.until ?? moment.now)];
      const { tries, notBefore, slotAt, ready, sends } = request;
      const name = `${request.revision}:${sends?.attempts ?? 0}:${tries}`;
      const steps: Step[] = [wait(approvalEndsAt(request)), ...reviewDue(request)];
      if (slotAt === undefined) {
        steps.push({ kind: 'reserve-slot', key: `reserve-slot:${name}`, at: notBefore, tries });
      }
      const sendAt = slotAt === undefined ? notBefore : Math.max(notBefore, atWall(slotAt));
      // A little late is usual: what would have aged by then is done again before, and not at the place itself.
      const lateAt = slotAt === undefined ? sendAt : sendAt + RECHECK_AHEAD_MS;
      if (isReady(request, Math.max(lateAt, moment.now))) {
        if (slotAt !== undefined) steps.push(wait(sendAt));
      } else {
        // The first one runs beside the reservation; one that will have aged by its slot, soon enough not to be late for it.
        const at = ready === undefined ? notBefore : Math.max(notBefore, sendAt - RECHECK_AHEAD_MS);
        steps.push({ kind: 'recheck', key: `recheck:${name}:${ready?.at ?? 0}`, at, tries });
      }
      return steps;
    }
    case 'executing': {
      const { claim, sends } = request;
      const over = wait(atWall(claim.until + LADDER.marginMs));
      return claim.holder === holder
        ? [{ kind: 'create', key: `create:${sends.attempts}`, at: moment.now, attempt: sends.attempts }, over]
        : [
            { kind: 'look', key: `look:${sends.attempts}:claimed`, at: moment.now, attempt: sends.attempts, looks: 0 },
            over,
          ];
    }
    case 'unknown': {
      const { sends, looks, nextLookAt } = request;
      return [
        {
          kind: 'look',
          key: `look:${sends.attempts}:${looks}`,
          at: atWall(nextLookAt),
          attempt: sends.attempts,
          looks,
        },
        ...reviewDue(request),
      ];
    }
    case 'failed':
      return [...lookout(request, atWall), ...reviewDue(request)];
    case 'succeeded':
      return [...lookout(request, atWall), ...connectionSteps(request, moment, holder, atWall), ...reviewDue(request)];
    case 'needs-attention':
      return reviewDue(request);
    case 'refused':
    case 'checked':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return [];
  }
}

/** Once for each policy that it meets. */
function considerPolicy(
  { policyVersion }: Checking | Pending,
  { now }: Moment,
  current: string | undefined,
): readonly Step[] {
  return current === undefined || current === policyVersion
    ? []
    : [{ kind: 'consider-policy', key: `consider-policy:${current}`, at: now, version: current }];
}

/** When those who owe a review are reminded of it. */
function reviewDue({ emergency }: { readonly emergency?: EmergencyApproval }): readonly Step[] {
  const review = emergency?.review;
  return review?.state === 'due' ? [{ kind: 'wait', key: `wait:review:${review.nextAt}`, at: review.nextAt }] : [];
}

/** For an endpoint that a send of unknown outcome might still bring. */
function lookout({ watch, sends }: Failed | Succeeded, atWall: (wall: number) => number): readonly Step[] {
  if (watch === undefined) return [];
  const { nextAt, left } = watch;
  const attempt = sends?.attempts ?? 0;
  return [{ kind: 'look', key: `watch:${attempt}:${left}:${nextAt}`, at: atWall(nextAt), attempt, looks: 0 }];
}

function connectionSteps(
  { connection }: Succeeded,
  moment: Moment,
  holder: string,
  atWall: (wall: number) => number,
): readonly Step[] {
  const { looks, nextLookAt, acceptance } = connection;
  const steps: Step[] =
    nextLookAt === undefined
      ? []
      : [{ kind: 'watch-connection', key: `watch-connection:${looks}`, at: nextLookAt, looks }];
  switch (acceptance?.state) {
    case 'wanted':
      // While a look is wanted first, it is the look's commit that brings the run round to this.
      return looks < acceptance.afterLooks
        ? steps
        : [...steps, { kind: 'wait', key: `wait:accept:${acceptance.notBefore}`, at: acceptance.notBefore }];
    case 'claimed': {
      const { claim, tries } = acceptance;
      const over = atWall(claim.until + LADDER.marginMs);
      // Waiting for one's turn takes a claim, too, and is no try.
      const send = {
        kind: 'accept-connection',
        key: `accept-connection:${tries}:${claim.since}`,
        at: moment.now,
        tries,
      } as const;
      return [
        ...steps,
        ...(claim.holder === holder ? [send] : []),
        { kind: 'wait', key: `wait:accepting:${claim.until}`, at: over },
      ];
    }
    case 'accepted':
    case 'refused':
    case undefined:
      return steps;
  }
}
