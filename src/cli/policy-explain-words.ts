/** An explanation for a terminal, or as JSON for a program. */
import type { Explanation, IgnoredYes, PassedRule } from '../domain/policy/analysis/explain.ts';
import type { PolicySubject } from '../domain/policy/match.ts';
import type { Rule, RuleMatch } from '../domain/policy/rule.ts';
import { askedJson, durationText, listed, peopleText, quoted, subjectText } from './policy-words.ts';

const HOW_IT_ENDS: Readonly<Record<Explanation['decision'], string>> = {
  refused: 'It is refused: no rule is for it.',
  waiting: 'It waits for approval.',
  approved: 'It is approved.',
};

/** @param at milliseconds since the epoch, of the freezes. */
export function explanationText(explanation: Explanation, at: number): string {
  const { subject, passed, rule, decision } = explanation;
  const paragraphs = [[`${subjectText(subject)}.`]];
  if (passed.length > 0) {
    paragraphs.push([
      'Not decided by',
      ...passed.map((each) => `  ${quoted({ name: each.rule })}: ${whyPassed(each, subject)}`),
    ]);
  }
  if (rule === undefined) return said([...paragraphs, [HOW_IT_ENDS.refused]]);
  paragraphs.push([`Decided by ${quoted(rule)}, the first that matches`, ...indented(whoDecides(explanation, rule))]);
  paragraphs.push([stateText(explanation), ...indented(explanation.ignored.map(ignoredText))]);
  const later = [
    ...(decision === 'waiting' ? whileItWaits(rule) : []),
    ...(decision === 'waiting' || decision === 'approved' ? onceApproved(explanation, rule, at) : []),
  ];
  return said([...paragraphs, ['What else', ...indented(later)]]);
}

function said(paragraphs: readonly (readonly string[])[]): string {
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function whyPassed({ unlike, match }: PassedRule, subject: PolicySubject): string {
  return unlike.map((criterion) => unlikeText(criterion, match, subject)).join('; ');
}

function unlikeText(criterion: keyof RuleMatch, match: RuleMatch, subject: PolicySubject): string {
  switch (criterion) {
    case 'account':
      return `it is for account ${listed(match.account ?? [], 'or')}, not ${subject.account}`;
    case 'action':
      return `it is for ${listed(match.action ?? [], 'or')}, not ${subject.action}`;
    case 'lifetime':
      return `it is for the lifetime ${listed(match.lifetime ?? [], 'or')}, not ${subject.lifetime}`;
    case 'instance':
      return `${subject.instanceId} does not fit ${listed(match.instance ?? [], 'or')}`;
    case 'requester':
      return `it is for requests of ${peopleText(match.requester ?? { users: [], groups: [] })}`;
  }
}

function whoDecides({ steps }: Explanation, rule: Rule): readonly string[] {
  if (rule.steps.length === 0) return ['nobody is asked'];
  return [
    ...rule.steps.map((step, index) => {
      const filled = steps[index]?.filled ?? 0;
      return `${step.required} of: ${peopleText(step)} (${filled} said yes)`;
    }),
    rule.steps.length > 1 ? 'in any order, each person for one of these places' : 'each person for one place',
    `the requester’s own yes ${rule.selfApproval ? 'counts, where they are among them' : 'does not count'}`,
  ];
}

function stateText({ decision, rule, progress }: Explanation): string {
  if (decision === 'approved' && rule?.steps.length === 0) return 'It is approved at once, without anybody’s yes.';
  const missing = progress.required - progress.filled;
  return decision === 'waiting' ? `It waits for ${missing} more of ${progress.required}.` : HOW_IT_ENDS[decision];
}

function ignoredText({ by, why }: IgnoredYes): string {
  switch (why) {
    case 'requester':
      return `the yes of ${by} does not count: they asked for it`;
    case 'not-an-approver':
      return `the yes of ${by} does not count: they are in no step, nor is a group that they are in`;
    case 'no-place-left':
      return `the yes of ${by} does not count: no place that they could fill is left`;
    case 'twice':
      return `the second yes of ${by} does not count`;
  }
}

function whileItWaits({ expiresAfterMs, reminders, escalation, emergency, channel }: Rule): readonly string[] {
  const lines = [`it expires ${durationText(expiresAfterMs)} after it was asked for`];
  if (channel !== undefined) lines.push(`its card is in ${channel}`);
  if (reminders !== undefined) {
    lines.push(
      `who may still approve is reminded after ${durationText(reminders.afterMs)}, then after twice as long each time, ${durationText(reminders.capMs)} at most`,
    );
  }
  if (escalation !== undefined) {
    lines.push(
      `after ${durationText(escalation.afterMs)} without a decision ${peopleText(escalation)} may fill any place, too`,
    );
  }
  if (emergency !== undefined) {
    lines.push(
      `in an emergency ${peopleText(emergency)} may approve alone, with a reason; an approver reviews it within ${durationText(emergency.reviewWithinMs)}`,
    );
  }
  return lines;
}

function onceApproved({ subject, frozen }: Explanation, { approvalValidForMs, freezes }: Rule, at: number) {
  const lines = [`once approved it has ${durationText(approvalValidForMs)} to be carried out, or is asked for again`];
  if (subject.action !== 'create' || freezes === undefined) return lines;
  if (frozen === undefined) return [...lines, `none of its freezes is open at ${time(at)}`];
  const why = frozen.reason === undefined ? '' : ` (${frozen.reason})`;
  return [...lines, `nothing is created until ${time(frozen.until)}: a freeze is open${why}; an emergency passes it`];
}

function time(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '');
}

export function explanationJson({
  subject,
  passed,
  rule,
  decision,
  progress,
  steps,
  ignored,
  frozen,
}: Explanation): string {
  const told = {
    decision,
    rule: rule?.name ?? null,
    missing: progress.required - progress.filled,
    asked: askedJson(subject),
    passed: passed.map(({ rule: name, unlike }) => ({ rule: name, unlike })),
    steps: (rule?.steps ?? []).map((step, index) => ({ ...step, filled: steps[index]?.filled ?? 0 })),
    ignored,
    frozen: frozen ?? null,
    settings: rule ?? null,
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
