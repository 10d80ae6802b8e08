/** The sentences of the doctor: each finding, what is lost without each scope, and the words around them. */
import type { Finding } from '../domain/doctor/findings.ts';
import type { Scope } from '../domain/doctor/scopes.ts';
import type { Severity } from '../domain/doctor/severity.ts';

/** Plain text, as it is printed in a terminal: what goes to Slack is escaped there. */
export interface FindingText {
  readonly what: string;
  /** Absent from what is fine, like `mend`. */
  readonly why?: string;
  readonly mend?: string;
}

/** What is said of each finding. */
export type FindingWords<F extends Finding> = {
  readonly [Id in F['id']]: (found: Extract<F, { readonly id: Id }>) => FindingText;
};

/** Looks up what is said of a finding. */
export function wordsFor(words: FindingWords<Finding>): DoctorWords['finding'] {
  // Each takes just the findings that it is found under.
  return (found) => (words[found.id] as (found: Finding) => FindingText)(found);
}

export interface ScopeText {
  readonly use: string;
  readonly without: string;
}

export interface DoctorWords {
  readonly finding: (finding: Finding) => FindingText;
  readonly scopes: Readonly<Record<Scope, ScopeText>>;
  /** Above the findings of each severity. */
  readonly headings: Readonly<Record<Severity, string>>;
  /** Before a finding’s `why` and `mend`, with what stands between. */
  readonly why: string;
  readonly mend: string;
  /** How many there are of each. */
  readonly summary: (counts: Readonly<Record<Severity, number>>) => string;
  /** What is fine, in one line. */
  readonly fine: (count: number) => string;
  /** Below a list that was cut. */
  readonly more: (left: number) => string;
  /** The answer to the slash command, before there are findings. */
  readonly looking: string;
  readonly notAdmin: string;
  /** Slack did not say whether it is an admin who asks. */
  readonly adminUnknown: string;
  readonly failed: string;
}
