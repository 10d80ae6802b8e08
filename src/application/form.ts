/** Judges what a person filled into the form, as far as that is known without asking the cloud. */

import type { Asked } from '../domain/asked.ts';
import {
  type AccountName,
  type ChannelId,
  type CloudIdKind,
  type IdProblem,
  judgeId,
  type ZoneId,
} from '../domain/ids.ts';
import type { Lifetime } from '../domain/lifetime.ts';
import type { Choices } from './choices.ts';
import { tidy } from './tidy.ts';

export interface Form {
  /** Absent when there is only one. */
  readonly account: string | undefined;
  readonly instance: string;
  readonly service: string;
  readonly zone: string;
  readonly reason: string;
  readonly mode: Asked['mode'];
  readonly lifetime: Lifetime;
  readonly channel: ChannelId | undefined;
}

export type FormField = 'account' | 'instance' | 'service' | 'zone' | 'reason';

export type FormProblem =
  | { readonly kind: 'id'; readonly of: CloudIdKind; readonly problem: IdProblem }
  | { readonly kind: 'no-account' }
  | { readonly kind: 'unknown-account'; readonly account: string }
  | { readonly kind: 'no-reason' }
  | { readonly kind: 'zone-not-offered'; readonly zone: ZoneId; readonly offered: readonly ZoneId[] };

export type JudgedForm =
  | { readonly ok: true; readonly asked: Asked }
  | { readonly ok: false; readonly problems: ReadonlyMap<FormField, FormProblem> };

/** @param accounts in the config's order. */
export function judgeForm(
  form: Form,
  accounts: readonly AccountName[],
  choices: Pick<Choices, 'surelyOffered'>,
): JudgedForm {
  const [instance, service, zone] = [tidy(form.instance), tidy(form.service), tidy(form.zone)];
  const account = form.account ?? (accounts.length === 1 ? accounts[0] : undefined);
  const reason = form.reason.trim();
  const problems = new Map<FormField, FormProblem>();

  if (account === undefined) problems.set('account', { kind: 'no-account' });
  else if (!accounts.includes(account)) problems.set('account', { kind: 'unknown-account', account });
  for (const [of, typed] of [
    ['instance', instance],
    ['service', service],
    ['zone', zone],
  ] as const) {
    const problem = judgeId(of, typed);
    if (problem !== undefined) problems.set(of, { kind: 'id', of, problem });
  }
  if (reason === '') problems.set('reason', { kind: 'no-reason' });
  if (account !== undefined && !problems.has('service') && !problems.has('zone')) {
    const offered = choices.surelyOffered(account, service);
    if (offered !== undefined && !offered.includes(zone)) {
      problems.set('zone', { kind: 'zone-not-offered', zone, offered });
    }
  }
  if (account === undefined || problems.size > 0) return { ok: false, problems };

  const { mode, lifetime, channel } = form;
  const operation = { kind: 'create', account, instanceId: instance, serviceId: service, zoneId: zone } as const;
  return { ok: true, asked: { operation, reason, mode, lifetime, ...(channel === undefined ? {} : { channel }) } };
}
