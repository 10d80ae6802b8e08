/** Whether any rule of the policy could cover a request: told while the form is still open, as far as that is sure. */

import type { Asked } from '../domain/asked.ts';
import type { UserId } from '../domain/ids.ts';
import { groupsOfRequesters, matchRule } from '../domain/policy/match.ts';
import type { Rule } from '../domain/policy/rule.ts';

/** In whichever user groups the requester is: that Slack is asked later. */
export function couldBeRuled(rules: readonly Rule[], { operation, lifetime }: Asked, requester: UserId): boolean {
  const { account, kind: action, instanceId } = operation;
  const subject = { account, action, instanceId, lifetime, requester, groups: groupsOfRequesters(rules) };
  return matchRule(rules, subject) !== undefined;
}
