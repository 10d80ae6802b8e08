/** What time alone brings about. */
import type { CloudProblem } from './cloud.ts';
import { connectionTick } from './decide-connection.ts';
import { watchAfter } from './decide-outcome.ts';
import { type Context, LADDER, READINESS_VALID_MS } from './decision.ts';
import type { RequestEvent } from './events.ts';
import type { Approved, Request } from './request.ts';

const NO_ANSWER: CloudProblem = { kind: 'unclear', code: 'NoAnswer' };

export function decideTick(state: Request, context: Context): readonly RequestEvent[] {
  const { now, wall } = context.moment;
  switch (state.status) {
    case 'checking':
    case 'pending':
      return now >= state.expiresAt ? [{ type: 'expired' }] : [];
    case 'approved':
      if (now >= approvalEndsAt(state)) {
        // Another revision would be another token, while the last one may still bring its endpoint: only a person
        // may start afresh.
        if (state.sends?.uncertain && !state.renewToken) {
          const problem = state.setback ?? NO_ANSWER;
          return [{ type: 'failed', failure: { kind: 'gave-up', problem }, ...watchAfter(state.sends, context) }];
        }
        const { precheck: report } = state;
        return [{ type: 'sent-back', revision: state.revision + 1, why: { kind: 'approval-too-old' }, report }];
      }
      return mayClaim(state, context) ? [claim(state, context)] : [];
    case 'executing':
      // Whoever held the claim is gone, or would have answered long since.
      return wall >= state.claim.until + LADDER.marginMs
        ? [{ type: 'create-unclear', problem: NO_ANSWER, afterwards: 'resend' }]
        : [];
    case 'refused':
    case 'checked':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'unknown':
    case 'needs-attention':
    case 'failed':
      return [];
    case 'succeeded':
      return connectionTick(state, context);
  }
}

export function approvalEndsAt(state: Approved): number {
  return state.approvedAt + state.rule.approvalValidForMs;
}

/** Whether the second precheck is recent enough to send on. */
export function isReady(state: Approved, now: number): boolean {
  return state.ready !== undefined && now < state.ready.at + READINESS_VALID_MS;
}

function mayClaim(state: Approved, { moment: { now, wall } }: Context): boolean {
  return isReady(state, now) && now >= state.notBefore && state.slotAt !== undefined && wall >= state.slotAt;
}

function claim(state: Approved, { moment: { wall }, holder }: Context): RequestEvent {
  const generation = state.renewToken ? state.generation + 1 : state.generation;
  return {
    type: 'create-claimed',
    claim: { holder, since: wall, until: wall + LADDER.claimMs },
    attempt: (state.sends?.attempts ?? 0) + 1,
    generation,
    clientToken: clientToken(state, generation),
    // Kept across attempts and generations: what was there before the *first* send.
    baseline: state.sends?.baseline ?? state.ready?.endpoints ?? [],
  };
}

/** At most 64 printable ASCII characters; the same for every attempt of one revision and generation. */
function clientToken({ id, revision }: Approved, generation: number): string {
  return `vpce-${id.slice('req_'.length)}-r${revision}-g${generation}`;
}
