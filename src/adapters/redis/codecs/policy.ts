/** Schemas of the approval policy's parts, as stored with the request that they govern. */
import { z } from 'zod';
import type { Approval, Progress } from '../../../domain/policy.ts';
import type { Rule } from '../../../domain/policy-types.ts';
import { exactly } from './exactly.ts';

export const rule = exactly<Rule>()(
  z.object({
    name: z.string(),
    match: z.object({
      account: z.exactOptional(z.array(z.string())),
      action: z.exactOptional(z.array(z.enum(['create', 'delete']))),
      instance: z.exactOptional(z.array(z.string())),
    }),
    steps: z.array(z.object({ users: z.array(z.string()), groups: z.array(z.string()), required: z.int() })),
    selfApproval: z.boolean(),
    expiresAfterMs: z.number(),
    remindAfterMs: z.exactOptional(z.number()),
    approvalValidForMs: z.number(),
    channel: z.exactOptional(z.string()),
  }),
);

export const approval = exactly<Approval>()(z.object({ by: z.string(), at: z.number(), groups: z.array(z.string()) }));

export const progress = exactly<Progress>()(z.object({ filled: z.int(), required: z.int(), complete: z.boolean() }));
