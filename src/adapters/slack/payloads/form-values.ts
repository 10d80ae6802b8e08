/** What is filled into a form: `view.state.values`, read by block, where block and action have the same id. */
import * as z from 'zod';
import type { Form } from '../../../application/form.ts';
import type { Picked } from '../../../application/ports/picks.ts';
import { LIFETIMES } from '../../../domain/lifetime.ts';
import { slackId } from './slack-id.ts';

/** Slack's most for an entry is 3000 characters, and one may be two units of a string. */
const LONGEST_ENTRY = 6_000;
/** Slack's most for what an option carries. */
const LONGEST_VALUE = 150;

export const chosenOption = z.looseObject({ value: z.string().max(LONGEST_VALUE) }).nullish();
const element = z.looseObject({
  value: z.string().max(LONGEST_ENTRY).nullish(),
  selected_option: chosenOption,
  selected_conversation: slackId.nullish(),
});
export const formValues = z.record(z.string(), z.record(z.string(), element));
export type FormValues = z.infer<typeof formValues>;

/** What an option, a text or a conversation says; undefined when it is empty. */
export function entered(values: FormValues, id: string): string | undefined {
  const state = values[id]?.[id];
  return state?.selected_option?.value ?? state?.value ?? state?.selected_conversation ?? undefined;
}

/** @param origin where the command was typed: where the result goes when the form does not say. */
export function formIn(values: FormValues, origin?: string): Form {
  const channel = 'channel' in values ? entered(values, 'channel') : origin;
  return {
    account: entered(values, 'account'),
    instance: entered(values, 'instance') ?? '',
    service: entered(values, 'service') ?? '',
    zone: entered(values, 'zone') ?? '',
    reason: entered(values, 'reason') ?? '',
    mode: entered(values, 'mode') === 'precheck' ? 'precheck' : 'create',
    lifetime: LIFETIMES.find((lifetime) => lifetime === entered(values, 'lifetime')) ?? 'permanent',
    // A conversation between people, into which the bot can't write: the requester is told directly instead.
    channel: channel !== undefined && /^[CG]/.test(channel) ? channel : undefined,
  };
}

export function pickedIn(values: FormValues): Picked {
  return withoutGaps({
    account: entered(values, 'account'),
    instance: entered(values, 'instance'),
    service: entered(values, 'service'),
  });
}

export function withoutGaps(picked: { readonly [K in keyof Picked]: Picked[K] | undefined }): Picked {
  return Object.fromEntries(Object.entries(picked).filter(([, value]) => value !== undefined));
}
