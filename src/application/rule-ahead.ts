/** Whether any rule of the policy could cover a request: told while the form is still open, as far as that is sure. */
import type { Asked } from '../domain/asked.ts';
import { ruleFor } from '../domain/decide-ruling.ts';
import type { UserId } from '../domain/ids.ts';
import { groupsOfRequesters } from '../domain/policy/match.ts';
import type { Rule } from '../domain/policy/rule.ts';

/** In whichever user groups the requester is: that Slack is asked later. */
export function couldBeRuled(rules: readonly Rule[], asked: Asked, requester: UserId): boolean {
  const inAll = { standing: 'member', groups: groupsOfRequesters(rules), unreadable: [] } as const;
  const which = ruleFor(asked, requester, inAll, rules);
  return which.kind === 'unclear' || which.rule !== undefined;
}
