/**
 * The catalogue of sentences as a type: a language in which one is missing does not compile.
 *
 * A room is what is said in one place: the card, the forms, what operators are told. To add one:
 * 1. Describe it here, or in a file of its own beside this one when it is long, as an interface of sentences:
 *    `readonly word: string`, or `word(facts): string` where a fact stands in it.
 * 2. Name it in `Messages`.
 * 3. Write it once in each language's folder, `en/` and `zh-CN/`, and name it in the folder's catalogue.
 * Everything that depends on a language stays in its folder: lists, quotation marks, plurals. mrkdwn.ts knows none.
 */

import type { Asked, Operation } from '../domain/asked.ts';
import type { CloudProblem } from '../domain/cloud.ts';
import type { FailureReason } from '../domain/cloud-errors.ts';
import type { OnCard } from '../domain/commands.ts';
import type { RequestEvent } from '../domain/events.ts';
import type { Lifetime } from '../domain/lifetime.ts';
import type { CheckName, Verdict } from '../domain/precheck.ts';
import type { ClickRefusal, Failure } from '../domain/refusals.ts';
import type { Approved, NeedsAttention, Request, Succeeded } from '../domain/request.ts';
import type { ConnectionWords } from './connection.ts';
import type { DoctorWords } from './doctor.ts';
import type { ExplainWords } from './explain.ts';
import type { Explanation } from './explanation.ts';
import type { HelpMessages } from './help.ts';
import type { HomeWords } from './home.ts';
import type { ModalMessages } from './modals.ts';
import type { PolicyWords } from './policy.ts';

export interface FailureWords {
  /** Why a call of the cloud brought no result. */
  explain(reason: FailureReason, problem?: CloudProblem): Explanation;
  /** In half a sentence, for an item that could not be checked. */
  brief(reason: FailureReason): string;
  /** The cloud's code, message, RequestId, missing permission and link, one a line. */
  facts(problem: CloudProblem): readonly string[];
  /** An explanation as one paragraph and its advice. */
  written(explanation: Explanation): string;
}

export interface RefusalWords {
  /** Why a request may not go on, or ended without an endpoint. */
  explain(refusal: Failure, operation: Operation): Explanation;
  /** The same in one line, for a list. */
  brief(refusal: Failure, operation: Operation): string;
  /** The problem behind it, where the cloud gave one. */
  problem(refusal: Failure): CloudProblem | undefined;
}

export interface ClickWords {
  /** To the one whose click changed nothing: why, and who decided what and when. */
  answer(refusal: ClickRefusal, command: string): string;
  /** To the one whose click counts, when the card can't show it yet. */
  receipt(command: OnCard): string;
}

export interface EventWords {
  /** One line for the thread, without its time. @param request as it is now. */
  line(event: RequestEvent, request: Request): string;
}

export interface CardWords {
  /** Plain text. */
  title(operation: Operation): string;
  /** The status in a few words, with its sign. */
  headline(request: Request): string;
  readonly labels: {
    readonly instance: string;
    readonly service: string;
    readonly zone: string;
    readonly account: string;
    readonly lifetime: string;
    readonly mode: string;
    readonly reason: string;
    readonly precheck: string;
    readonly approval: string;
    /** Above the command that does the same: while it waits for its approval, and afterwards. */
    readonly onceApproved: string;
    readonly byHand: string;
    readonly explorer: string;
  };
  /** One of the labels with what it is about, in one line. */
  labelled(label: string, value: string): string;
  lifetime(lifetime: Lifetime): string;
  mode(mode: Asked['mode']): string;
  asked(request: Request): string;
  footer(request: Request): string;
  check(name: CheckName, verdict: Verdict, operation: Operation): string;
  /** What an approved request waits for. */
  waiting(request: Approved): string;
  candidates(request: NeedsAttention): string;
  /** How the endpoint was found, and what is odd about it. */
  outcome(request: Succeeded): readonly string[];
  /** For a card whose blocks Slack refused. */
  plainHint(request: Request): string;
  /** Plain text, at most 75 characters. */
  readonly buttons: {
    readonly approve: string;
    readonly approveWithNote: string;
    readonly approveAlone: string;
    readonly reject: string;
    readonly edit: string;
    readonly cancel: string;
    readonly retry: string;
    readonly choose: string;
    readonly acceptConnection: string;
    readonly repost: string;
    readonly remind: string;
    readonly why: string;
    readonly review: string;
    readonly askAgain: string;
  };
}

export interface ResultWords {
  headline(request: Succeeded): string;
  details(request: Succeeded): readonly string[];
  /** How to use the domain, and what it takes until it connects. */
  usage(request: Succeeded): readonly string[];
  cardLink(url: string): string;
}

/** What a notice knows besides the event. */
export interface NoticeFacts {
  readonly request: Request;
  /** Permalink of the card, once there is one. */
  readonly card?: string;
}

export interface NoticeWords {
  /** The paragraphs of a message to the requester. */
  paragraphs(event: RequestEvent, facts: NoticeFacts): readonly string[];
}

export interface OperatorWords {
  /** One line per outcome in the audit channel. */
  auditLine(event: RequestEvent, facts: NoticeFacts): string;
  /** A dry run that created an endpoint. */
  alert(event: RequestEvent, facts: NoticeFacts): readonly string[];
}

export interface Messages {
  readonly failures: FailureWords;
  readonly refusals: RefusalWords;
  readonly clicks: ClickWords;
  readonly events: EventWords;
  readonly card: CardWords;
  readonly result: ResultWords;
  readonly notices: NoticeWords;
  readonly operators: OperatorWords;
  readonly policy: PolicyWords;
  readonly explain: ExplainWords;
  readonly home: HomeWords;
  readonly connection: ConnectionWords;
  readonly modals: ModalMessages;
  readonly help: HelpMessages;
  readonly doctor: DoctorWords;
}
