/** The doctor's findings as messages: the worst first, what is fine in one line, and never more than two messages. */
import type { Finding } from '../../../domain/doctor/findings.ts';
import { type Severity, severityOf, worstFirst } from '../../../domain/doctor/severity.ts';
import type { DoctorWords } from '../../../messages/doctor.ts';
import { oneLine } from '../../../messages/mrkdwn.ts';

/** Slack advises no more than 4000 characters; what is escaped counts as it is sent. */
const LONGEST_MESSAGE = 3_800;
const MESSAGES = 2;
const LONGEST_LINE = 700;

const SIGNS: Readonly<Record<Exclude<Severity, 'fine'>, string>> = {
  problem: ':x:',
  warning: ':warning:',
  unknown: ':grey_question:',
};

/** @returns mrkdwn, one text for each message. */
export function findingsMessages(findings: readonly Finding[], words: DoctorWords): readonly string[] {
  const entries = worstFirst(findings).flatMap((finding) => {
    const severity = severityOf(finding);
    return severity === 'fine' ? [] : [entry(SIGNS[severity], finding, words)];
  });
  const counts: Record<Severity, number> = { problem: 0, warning: 0, unknown: 0, fine: 0 };
  for (const finding of findings) counts[severityOf(finding)] += 1;

  const last = `:white_check_mark: ${words.fine(counts.fine)}`;
  const messages: string[] = [`*${words.summary(counts)}*`];
  for (const [index, each] of entries.entries()) {
    const longer = `${messages.at(-1)}\n\n${each}`;
    const left = entries.length - index;
    // The last message keeps room for what it can't say.
    const tail = `\n\n${words.more(left)}\n\n${last}`;
    if (longer.length + tail.length <= LONGEST_MESSAGE) messages[messages.length - 1] = longer;
    else if (messages.length < MESSAGES) messages.push(each);
    else return [...messages.slice(0, -1), `${messages.at(-1)}${tail}`];
  }
  return [...messages.slice(0, -1), `${messages.at(-1)}\n\n${last}`];
}

function entry(sign: string, finding: Finding, words: DoctorWords): string {
  const { what, why, mend } = words.finding(finding);
  const lines = [`${sign} ${oneLine(what, LONGEST_LINE)}`];
  if (why !== undefined) lines.push(`> _${words.why.trim()}_ ${oneLine(why, LONGEST_LINE)}`);
  if (mend !== undefined) lines.push(`> _${words.mend.trim()}_ ${oneLine(mend, LONGEST_LINE)}`);
  return lines.join('\n');
}
