/** The doctor's findings for a terminal, or as JSON for a program. */
import { type Finding, subjectOf } from '../domain/doctor/findings.ts';
import { hasProblems, type Severity, severityOf, worstFirst } from '../domain/doctor/severity.ts';
import type { DoctorWords, FindingText } from '../messages/doctor.ts';

const SIGNS: Readonly<Record<Severity, string>> = { problem: '✗', warning: '!', unknown: '?', fine: '✓' };
const SEVERITIES = Object.keys(SIGNS) as readonly Severity[];

export function findingsText(findings: readonly Finding[], words: DoctorWords): string {
  const groups = SEVERITIES.map((severity) => ({
    severity,
    found: findings.filter((finding) => severityOf(finding) === severity),
  }));
  const counts = Object.fromEntries(groups.map(({ severity, found }) => [severity, found.length]));
  const paragraphs = groups
    .filter(({ found }) => found.length > 0)
    .map(({ severity, found }) =>
      [words.headings[severity], ...found.map((each) => entry(SIGNS[severity], words.finding(each), words))].join('\n'),
    );
  const summary = words.summary({ problem: 0, warning: 0, unknown: 0, fine: 0, ...counts });
  return `${[...paragraphs, summary].join('\n\n')}\n`;
}

function entry(sign: string, { what, why, mend }: FindingText, words: DoctorWords): string {
  const lines = [`  ${sign} ${harmless(what)}`];
  if (why !== undefined) lines.push(`      ${words.why}${harmless(why)}`);
  if (mend !== undefined) lines.push(`      ${words.mend}${harmless(mend)}`);
  return lines.join('\n');
}

/** A name from elsewhere must not steer the terminal. */
function harmless(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

export function findingsJson(findings: readonly Finding[], words: DoctorWords): string {
  const told = worstFirst(findings).map((finding) => {
    const { what, why = null, mend = null } = words.finding(finding);
    return { id: finding.id, severity: severityOf(finding), what, why, mend, about: subjectOf(finding) };
  });
  return `${JSON.stringify({ ok: !hasProblems(findings), findings: told }, null, 2)}\n`;
}
