/** What the policy and the reservations say of a revision, before the cloud is asked; and of one that waits, when the policy changes. */

import type { Asked } from './asked.ts';
import { openRequestName, type PolicyChanged, targetName } from './commands.ts';
import type { Context, Person } from './decision.ts';
import type { RequestEvent, Ruling } from './events.ts';
import type { UserId } from './ids.ts';
import { type Which, whichRule } from './policy/match.ts';
import { escalated } from './policy/progress.ts';
import type { Rule } from './policy/rule.ts';
import { isSameRule, isStricter } from './policy/stricter.ts';
import type { Pending, Request } from './request.ts';

/** @param place of the request's own, should it have one already. */
export function rulingOf(asked: Asked, by: UserId, person: Person, context: Context, place?: number): Ruling {
  if (person.standing !== 'member') {
    return { kind: 'refused', refusal: { kind: 'not-allowed', standing: person.standing } };
  }
  const which = ruleFor(asked, by, person, context.rules);
  if (which.kind === 'unclear') {
    return { kind: 'refused', refusal: { kind: 'rule-unclear', groups: person.unreadable } };
  }
  if (which.rule === undefined) return { kind: 'refused', refusal: { kind: 'no-rule' } };
  const holder = asked.mode === 'create' ? context.taken.get(targetName(asked)) : undefined;
  if (holder !== undefined) {
    const link = holder.link === undefined ? {} : { link: holder.link };
    return { kind: 'refused', refusal: { kind: 'target-taken', by: holder.request, ...link } };
  }
  const limit = context.openRequestsPerPerson;
  const own = place ?? freePlace(by, limit, context);
  if (limit !== undefined && own === undefined) return { kind: 'refused', refusal: { kind: 'too-many-open', limit } };
  return {
    kind: 'governed',
    rule: which.rule,
    expiresAt: context.moment.now + which.rule.expiresAfterMs,
    ...(context.policyVersion === undefined ? {} : { policyVersion: context.policyVersion }),
    ...(own === undefined ? {} : { place: own }),
  };
}

/** The lowest that is not known to be taken; the commit takes it, or says that it is. */
function freePlace(by: UserId, limit: number | undefined, { taken }: Context): number | undefined {
  for (let place = 1; place <= (limit ?? 0); place += 1) {
    if (!taken.has(openRequestName(by, place))) return place;
  }
  return undefined;
}

/** Whether a request was looked at under the policy that applies now: no yes counts before that. */
export function isUpToDate(
  { policyVersion }: { readonly policyVersion?: string },
  context: Pick<Context, 'policyVersion'>,
): boolean {
  return context.policyVersion === undefined || policyVersion === context.policyVersion;
}

/** A rule without steps asks nobody, however often a request has to be approved. */
export function byItself(state: Pick<Pending, 'rule' | 'policyVersion'>, context: Context): readonly RequestEvent[] {
  const { name, steps } = state.rule;
  return steps.length > 0 || !isUpToDate(state, context) ? [] : [{ type: 'approved', by: [], rule: name }];
}

/** A request that waits keeps its rule, unless the policy's own is stricter by now. */
export function policyChanged(
  state: Request,
  { version, requester }: PolicyChanged,
  context: Context,
): readonly RequestEvent[] {
  if (state.status !== 'pending' && state.status !== 'checking') return [];
  if (version !== context.policyVersion || state.policyVersion === version) return [];
  const which = ruleFor(state.asked, state.requester, requester, context.rules);
  // It is asked again, until Slack says who the requester is.
  if (which.kind === 'unclear' || requester.standing === 'unknown') return [];
  const { rule } = which;
  if (rule === undefined) return [{ type: 'refused', refusal: { kind: 'no-rule' } }];
  // Whom the escalation has added would be added by the other rule's, too.
  const next = state.status === 'pending' && state.escalatedAt !== undefined ? escalated(rule) : rule;
  if (isStricter(next, state.rule)) return [{ type: 'rule-tightened', version, rule, was: state.rule.name }];
  const instead = isSameRule(next, state.rule) ? {} : { instead: rule.name };
  const kept = { type: 'rule-kept', version, ...instead } as const;
  const asksNobody = state.status === 'pending' ? byItself({ ...state, policyVersion: version }, context) : [];
  return [kept, ...asksNobody];
}

/** The rule that a requester would fall under now. */
export function ruleFor(asked: Asked, requester: UserId, person: Person, rules: readonly Rule[]): Which {
  const { account, kind: action, instanceId } = asked.operation;
  const { groups, unreadable } = person;
  return whichRule(rules, { account, action, instanceId, requester, lifetime: asked.lifetime, groups }, unreadable);
}
