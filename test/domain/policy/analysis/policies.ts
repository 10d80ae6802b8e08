/** Rules for the analysis's tests, with what they say nothing of left plain. */
import type { Rule } from '../../../../src/domain/policy/rule.ts';

export function rule(name: string, over: Partial<Rule> = {}): Rule {
  return {
    name,
    match: {},
    steps: [{ users: ['UBEN'], groups: [], required: 1 }],
    selfApproval: false,
    expiresAfterMs: 86_400_000,
    approvalValidForMs: 86_400_000,
    ...over,
  };
}

export const users = (...ids: readonly string[]) => ({ users: ids, groups: [] });
export const groups = (...ids: readonly string[]) => ({ users: [], groups: ids });
