/** Schemas of the approval policy's parts, as stored with the request that they govern. */
import * as z from 'zod';
import { LIFETIMES } from '../../../domain/lifetime.ts';
import { type Freeze, type OpenFreeze, WEEKDAYS } from '../../../domain/policy/freeze.ts';
import type { Approval, Progress } from '../../../domain/policy/progress.ts';
import type { Roster } from '../../../domain/policy/roster.ts';
import type { People, Rule } from '../../../domain/policy/rule.ts';
import { exactly } from './exactly.ts';
import { standing } from './refusals.ts';

const inPeople = { users: z.array(z.string()), groups: z.array(z.string()) };
export const people = exactly<People>()(z.object(inPeople));

const reason = z.exactOptional(z.string());
const freeze = exactly<Freeze>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('once'), from: z.number(), until: z.number(), reason }),
    z.object({
      kind: z.literal('weekly'),
      days: z.array(z.enum(WEEKDAYS)),
      from: z.int(),
      until: z.int(),
      timeZone: z.string(),
      reason,
    }),
  ]),
);

export const openFreeze = exactly<OpenFreeze>()(z.object({ until: z.number(), reason }));

export const rule = exactly<Rule>()(
  z.object({
    name: z.string(),
    match: z.object({
      account: z.exactOptional(z.array(z.string())),
      action: z.exactOptional(z.array(z.enum(['create', 'delete']))),
      instance: z.exactOptional(z.array(z.string())),
      requester: z.exactOptional(people),
      lifetime: z.exactOptional(z.array(z.enum(LIFETIMES))),
    }),
    steps: z.array(z.object({ ...inPeople, required: z.int() })),
    selfApproval: z.boolean(),
    expiresAfterMs: z.number(),
    reminders: z.exactOptional(z.object({ afterMs: z.number(), capMs: z.number() })),
    escalation: z.exactOptional(z.object({ ...inPeople, afterMs: z.number() })),
    emergency: z.exactOptional(z.object({ ...inPeople, reviewWithinMs: z.number() })),
    freezes: z.exactOptional(z.array(freeze)),
    notify: z.exactOptional(people),
    approvalValidForMs: z.number(),
    channel: z.exactOptional(z.string()),
  }),
);

export const approval = exactly<Approval>()(
  z.object({ by: z.string(), at: z.number(), groups: z.array(z.string()), note: z.exactOptional(z.string()) }),
);

export const progress = exactly<Progress>()(z.object({ filled: z.int(), required: z.int(), complete: z.boolean() }));

const name = z.exactOptional(z.string());
export const roster = exactly<Roster>()(
  z.object({
    people: z.array(z.object({ id: z.string(), name, standing, outside: z.exactOptional(z.literal(true)) })),
    groups: z.array(
      z.union([
        z.object({ id: z.string(), name, members: z.array(z.string()) }),
        z.object({
          id: z.string(),
          name,
          problem: z.enum(['disabled', 'absent', 'missing-scope', 'rate-limited', 'unreadable']),
        }),
      ]),
    ),
  }),
);
