/** Schema of what a person asked for, as stored. */
import * as z from 'zod';
import type { Asked } from '../../../domain/asked.ts';
import { LIFETIMES } from '../../../domain/lifetime.ts';
import { exactly } from './exactly.ts';

export const asked = exactly<Asked>()(
  z.object({
    operation: z.object({
      kind: z.literal('create'),
      account: z.string(),
      instanceId: z.string(),
      serviceId: z.string(),
      zoneId: z.string(),
    }),
    reason: z.string(),
    mode: z.enum(['create', 'precheck']),
    lifetime: z.enum(LIFETIMES),
    channel: z.exactOptional(z.string()),
  }),
);
