/** Until when a call may be sent under a claim, and what is said of one that was not. */
import type { Claim } from '../../domain/claim.ts';
import type { CloudProblem } from '../../domain/cloud.ts';
import { LADDER } from '../../domain/decision.ts';

export const WINDOW_OVER: CloudProblem = { kind: 'not-sent', code: 'CallWindowOver' };

/** The last wall at which a whole call still fits into the claim. */
export function lastMomentOf({ until }: Claim): number {
  return until - LADDER.callMs;
}
