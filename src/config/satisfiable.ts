/** Rules that no people could ever satisfy, and rules that speak of what is not there. */
import { progressOf } from '../domain/policy/progress.ts';
import type { RawRule } from './rule-schema.ts';
import { nearest } from './values.ts';

interface RuleProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export function ruleProblems(rules: readonly RawRule[], accounts: readonly string[]): RuleProblem[] {
  const names = new Set<string>();
  return rules.flatMap((rule, index) => {
    const problems = [...stepProblems(rule.steps ?? []), ...matchProblems(rule, accounts), ...timeProblems(rule)];
    if ((rule.steps === undefined) !== rule.auto_approve) {
      const message = rule.auto_approve
        ? 'expected no steps where auto_approve is true'
        : 'expected steps, or auto_approve: true where nobody is to be asked';
      problems.push({ path: rule.auto_approve ? ['steps'] : [], message });
    }
    if (names.has(rule.name)) problems.push({ path: ['name'], message: 'expected a name that no other rule has' });
    names.add(rule.name);
    return problems.map(({ path, message }) => ({ path: ['rules', index, ...path], message }));
  });
}

/** What would come only after the request has expired. */
function timeProblems(rule: RawRule): RuleProblem[] {
  const late = (path: readonly string[], ms: number | undefined): RuleProblem[] =>
    ms !== undefined && ms >= rule.expires_after ? [{ path, message: 'expected less than expires_after' }] : [];
  return [...late(['remind_after'], rule.remind_after), ...late(['escalate', 'after'], rule.escalate?.after)];
}

function matchProblems(rule: RawRule, accounts: readonly string[]): RuleProblem[] {
  return (rule.match.account ?? []).flatMap((name) => {
    if (accounts.includes(name)) return [];
    const meant = nearest(name, accounts);
    const hint = meant ? `did you mean ${meant}?` : `there is ${accounts.join(', ')}`;
    return [{ path: ['match', 'account'], message: `expected one of the accounts above (${hint})` }];
  });
}

function stepProblems(steps: NonNullable<RawRule['steps']>): RuleProblem[] {
  const problems: RuleProblem[] = [];
  for (const [index, { users, groups, required }] of steps.entries()) {
    if (users.length === 0 && groups.length === 0) {
      problems.push({ path: ['steps', index], message: 'expected users, groups or both: nobody could approve' });
    } else if (groups.length === 0 && required > users.length) {
      problems.push({
        path: ['steps', index, 'required'],
        message: `expected at most ${users.length}, the number of its users`,
      });
    }
  }
  if (problems.length > 0) return problems;

  // A user group may hold any number of people: only steps of named users can run out of them.
  const named = steps.filter(({ groups }) => groups.length === 0);
  const everybody = [...new Set(named.flatMap(({ users }) => users))].map((by) => ({ by, at: 0, groups: [] }));
  const { filled, required, complete } = progressOf({ steps: named }, everybody);
  if (!complete) {
    const message = `expected enough different users: one person fills one place, and ${filled} of ${required} places can be filled`;
    problems.push({ path: ['steps'], message });
  }
  return problems;
}
