/** Schema of a precheck's report, as stored. */
import * as z from 'zod';
import type { CheckName, PrecheckReport } from '../../../domain/precheck.ts';
import { CHECKS } from '../../../domain/precheck.ts';
import { failureReason } from './cloud.ts';
import { exactly } from './exactly.ts';
import { refusal } from './refusals.ts';

export const checkName = exactly<CheckName>()(z.enum(CHECKS));

const verdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('passed'), detail: z.exactOptional(z.string()) }),
  z.object({ verdict: z.literal('failed'), refusal }),
  z.object({ verdict: z.literal('not-checked'), reason: failureReason }),
]);

export const precheckReport = exactly<PrecheckReport>()(
  z.object({ instance: verdict, service: verdict, zone: verdict, duplicate: verdict, 'dry-run': verdict }),
);
