/** What `policy check` found, for a terminal or as JSON for a program. */
import type { NamedExample } from '../config/policy-examples.ts';
import type { ExampleResult } from '../domain/policy/analysis/explain.ts';
import type { Verdict } from '../domain/policy/analysis/never.ts';
import type { PolicyFinding } from './policy-findings.ts';
import { askedJson, idOf, quoted, subjectText, wayText } from './policy-words.ts';

export interface TriedExample {
  readonly example: NamedExample;
  readonly got: ExampleResult;
}

export interface CheckedClaim {
  readonly text: string;
  readonly verdict: Verdict;
}

export interface Checks {
  readonly configFile: string;
  readonly counts: { readonly rules: number; readonly accounts: number };
  readonly findings: readonly PolicyFinding[];
  readonly examples?: { readonly file: string; readonly tried: readonly TriedExample[] };
  readonly claims: readonly CheckedClaim[];
}

export function isFine({ findings, examples, claims }: Checks): boolean {
  return (
    findings.every(({ severity }) => severity !== 'problem') &&
    (examples?.tried ?? []).every(({ got }) => got.holds) &&
    claims.every(({ verdict }) => verdict.kind === 'proved')
  );
}

const SIGNS: Readonly<Record<PolicyFinding['severity'], string>> = { problem: '✗', warning: '!', note: '·' };

export function checksText(checks: Checks): string {
  const { configFile, counts, findings, examples, claims } = checks;
  const told = findings.map(({ severity, text }) => `  ${SIGNS[severity]} ${text}`);
  const whole = findings.every(({ severity }) => severity === 'note')
    ? ['  ✓ Every rule can match and can be met, and each account has one.']
    : [];
  const paragraphs = [[`${configFile}: rules: ${counts.rules}, accounts: ${counts.accounts}`, ...whole, ...told]];
  if (examples !== undefined) {
    const failed = examples.tried.filter(({ got }) => !got.holds);
    const held = examples.tried.length - failed.length;
    const head = `${examples.file}: ${held} of ${examples.tried.length} examples hold`;
    paragraphs.push([head, ...failed.map((each) => `  ✗ ${failureText(each)}`)]);
  }
  if (claims.length > 0) paragraphs.push(['Never:', ...claims.flatMap(claimLines)]);
  paragraphs.push([isFine(checks) ? 'All is well.' : 'Something is wrong.']);
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function failureText({ example, got }: TriedExample): string {
  const { number, name, given, expected } = example;
  const said = (rule: string | undefined, decision: string, missing: number | undefined) =>
    `${rule === undefined ? 'no rule' : `rule “${rule}”`}, ${decision}${missing === undefined ? '' : `, ${missing} missing`}`;
  const called = name === undefined ? `${number}` : `${number} (${name})`;
  return `${called}: ${subjectText(given.subject)}.
      expected: ${said(expected.rule, expected.decision, expected.missing)}
      what came instead: ${said(got.rule, got.decision, got.missing)}`;
}

function claimLines({ text, verdict }: CheckedClaim): readonly string[] {
  switch (verdict.kind) {
    case 'proved':
      return [`  ✓ ${text}: proved, over ${verdict.subjects} kinds of requests`];
    case 'refuted':
      return [
        `  ✗ ${text}: it can happen`,
        `      ${subjectText(verdict.subject)}.`,
        `      Rule ${quoted(verdict.rule)} decides. ${wayText(verdict.way, verdict.subject.requester)}`,
      ];
    case 'empty':
      return [`  ✗ ${text}: there is no such request, as of a pattern that no instance id fits`];
    case 'too-many':
      return [`  ✗ ${text}: not decided, the policy has too many cases`];
  }
}

export function checksJson(checks: Checks): string {
  const { findings, examples, claims } = checks;
  const told = {
    ok: isFine(checks),
    problems: [],
    findings,
    examples: (examples?.tried ?? []).map(({ example: { number, name = null, expected }, got }) => {
      const { holds, rule = null, decision, missing } = got;
      const { rule: expectedRule = null, ...rest } = expected;
      return { number, name, holds, expected: { rule: expectedRule, ...rest }, got: { rule, decision, missing } };
    }),
    claims: claims.map(({ text, verdict }) => ({
      claim: text,
      verdict: verdict.kind,
      counterexample: verdict.kind === 'refuted' ? counterexample(verdict) : null,
    })),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}

/** An id that is null stands for anybody whom nothing names. */
function counterexample({ subject, rule, way }: Extract<Verdict, { kind: 'refuted' }>) {
  return {
    asked: askedJson(subject),
    rule: rule.name,
    way: way.kind,
    clicks: way.clicks.map(({ user, groups }) => ({
      user: idOf(user),
      is_requester: user === subject.requester,
      groups,
    })),
  };
}
