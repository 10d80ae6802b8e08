/** Schemas of why something was not done, as stored. */
import * as z from 'zod';
import type { ConnectionPhase } from '../../../domain/connection.ts';
import type { RequestId } from '../../../domain/ids.ts';
import type { ClickRefusal, Failure, Refusal } from '../../../domain/refusals.ts';
import { asked } from './asked.ts';
import { cloudProblem, createdEndpoint, failureReason } from './cloud.ts';
import { exactly } from './exactly.ts';

export const requestId = exactly<RequestId>()(z.templateLiteral(['req_', z.string()]));

export const standing = z.enum(['member', 'guest', 'bot', 'stranger', 'deactivated', 'unknown']);
const targetTaken = z.object({
  kind: z.literal('target-taken'),
  by: requestId,
  link: z.exactOptional(z.string()),
});

const refusals = [
  z.object({ kind: z.literal('no-rule') }),
  z.object({ kind: z.literal('rule-unclear'), groups: z.array(z.string()) }),
  z.object({ kind: z.literal('too-many-open'), limit: z.int() }),
  z.object({ kind: z.literal('not-allowed'), standing }),
  targetTaken,
  z.object({ kind: z.literal('endpoint-exists'), endpoint: z.string(), domain: z.string() }),
  z.object({ kind: z.literal('instance-not-active'), status: z.string() }),
  z.object({ kind: z.literal('instance-too-old'), createdAt: z.exactOptional(z.string()) }),
  z.object({ kind: z.literal('service-not-active'), status: z.string() }),
  z.object({ kind: z.literal('zone-not-offered'), zones: z.array(z.string()) }),
  z.object({ kind: z.literal('dry-run-created'), endpoint: createdEndpoint }),
  z.object({ kind: z.literal('cloud'), reason: failureReason, problem: cloudProblem }),
] as const;

export const refusal = exactly<Refusal>()(z.discriminatedUnion('kind', refusals));

export const failure = exactly<Failure>()(
  z.discriminatedUnion('kind', [...refusals, z.object({ kind: z.literal('gave-up'), problem: cloudProblem })]),
);

export const connectionPhase = exactly<ConnectionPhase>()(
  z.enum(['connecting', 'unaccepted', 'connected', 'down', 'ended', 'unwatched']),
);

export const clickRefusal = exactly<ClickRefusal>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('already-decided'),
      status: z.string(),
      by: z.array(z.string()),
      at: z.exactOptional(z.number()),
    }),
    z.object({
      kind: z.literal('old-revision'),
      current: z.int(),
      edit: z.exactOptional(z.object({ before: asked, asked })),
    }),
    z.object({ kind: z.literal('reminded-lately'), at: z.number(), againAt: z.number() }),
    z.object({ kind: z.literal('reminded-enough'), times: z.int() }),
    z.object({ kind: z.literal('not-for-emergencies'), rule: z.string() }),
    z.object({ kind: z.literal('nothing-to-review') }),
    z.object({ kind: z.literal('reviewed-before'), by: z.string(), at: z.number() }),
    z.object({ kind: z.literal('own-emergency') }),
    z.object({ kind: z.literal('not-an-approver'), rule: z.string() }),
    z.object({ kind: z.literal('requester-may-not-approve'), rule: z.string() }),
    z.object({ kind: z.literal('approved-before'), at: z.number() }),
    z.object({ kind: z.literal('no-place-left'), rule: z.string() }),
    z.object({ kind: z.literal('only-requester') }),
    z.object({ kind: z.literal('only-requester-or-approver'), rule: z.string() }),
    z.object({ kind: z.literal('standing'), standing }),
    z.object({ kind: z.literal('groups-unreadable') }),
    z.object({ kind: z.literal('not-possible-now'), status: z.string() }),
    targetTaken,
    z.object({ kind: z.literal('endpoint-not-a-candidate') }),
    z.object({ kind: z.literal('nothing-to-accept'), phase: connectionPhase }),
    z.object({ kind: z.literal('no-such-request') }),
  ]),
);
