/** The sentences of the approval policy: who may, who has, who was told, and what happens while nobody does. */

import type { Asked } from '../domain/asked.ts';
import type { Approval, Progress } from '../domain/policy/progress.ts';
import type { RosterTrouble } from '../domain/policy/roster.ts';
import type { People, Rule, Step } from '../domain/policy/rule.ts';
import type { PolicyEvent } from '../domain/policy-events.ts';
import type { ClickRefusal, Refusal } from '../domain/refusals.ts';
import type { EmergencyApproval, Request } from '../domain/request.ts';
import type { Explanation } from './explanation.ts';

export type PolicyRefusal = Extract<Refusal, { kind: 'rule-unclear' | 'too-many-open' }>;
export type PolicyClickRefusal = Extract<
  ClickRefusal,
  {
    kind:
      | 'reminded-lately'
      | 'reminded-enough'
      | 'not-for-emergencies'
      | 'nothing-to-review'
      | 'reviewed-before'
      | 'own-emergency';
  }
>;

/** A name to be shown without alerting anybody: as Slack shows it, else the id. Made by {@link namesIn}. */
export interface Names {
  person(id: string): string;
  group(id: string): string;
}

export interface PolicyWords {
  /** One line for the thread; it mentions whom it calls. */
  line(event: PolicyEvent, request: Request): string;
  /** To the requester, or to somebody who may approve and is not in the card's channel. */
  notice(event: PolicyEvent, request: Request): readonly string[];
  /** Those who owe a review, mentioned, behind a colon; nothing when it is done. */
  reviewers(request: Request): string;
  clickRefusal(refusal: PolicyClickRefusal): string;
  explain(refusal: PolicyRefusal): Explanation;
  /** What an edit changed, in one line. */
  changes(before: Asked, after: Asked): string;
  rule(rule: Pick<Rule, 'name' | 'selfApproval'>): string;
  step(step: Step, progress: Progress | undefined, alone: boolean, names: Names): string;
  progress(progress: Progress, approvals: readonly Approval[]): string;
  note(approval: Approval): string;
  mayStill(people: readonly string[], names: Names): string;
  /** Those whom the rule says to notify, mentioned; and those who got the card as a direct message. */
  told(mentioned: People | undefined, direct: readonly string[], names: Names): string;
  until(at: number): string;
  trouble(trouble: RosterTrouble, names: Names): string;
  /** Nobody is left who could complete it. */
  readonly cannotBeMet: string;
  escalates(at: number, people: People, names: Names): string;
  escalated(at: number): string;
  readonly automatic: string;
  emergency(emergency: EmergencyApproval): readonly string[];
  frozen(until: number, reason: string | undefined): string;
  /** What this revision changed, for whoever knew the one before. */
  edited(revision: number, before: Asked, after: Asked): string;
}
