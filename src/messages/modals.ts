/** The sentences of the forms: labels, what is wrong with an entry, and what to do when something did not work. */

import type { Asked } from '../domain/asked.ts';
import type { CloudIdKind, IdProblem, ZoneId } from '../domain/ids.ts';
import type { Lifetime } from '../domain/lifetime.ts';
import type { Verdict } from '../domain/request.ts';

export interface Field {
  readonly label: string;
  readonly placeholder: string;
  readonly hint?: string;
}

/** Titles and buttons have room for 24 characters. What goes into fields and errors is plain text, the rest mrkdwn. */
export interface ModalMessages {
  readonly create: { readonly title: string; readonly submit: string; readonly intro: string };
  readonly edit: { readonly title: string; readonly submit: string; readonly intro: string };
  readonly reject: { readonly title: string; readonly submit: string; readonly reason: Field };
  readonly approve: { readonly title: string; readonly submit: string; readonly note: Field };
  readonly approveAlone: {
    readonly title: string;
    readonly submit: string;
    readonly intro: string;
    readonly reason: Field;
  };
  readonly review: {
    readonly title: string;
    readonly submit: string;
    readonly label: string;
    readonly values: Readonly<Record<Verdict, string>>;
    readonly note: Field;
  };
  readonly choose: {
    readonly title: string;
    readonly submit: string;
    readonly intro: string;
    readonly label: string;
    readonly none: string;
    readonly created: (at: string) => string;
  };
  readonly close: string;
  readonly fields: {
    readonly account: Field;
    readonly instance: Field;
    readonly service: Field;
    readonly zone: Field;
    readonly reason: Field;
    readonly mode: { readonly label: string; readonly values: Readonly<Record<Asked['mode'], string>> };
    readonly lifetime: { readonly label: string; readonly values: Readonly<Record<Lifetime, string>> };
    readonly channel: Field;
  };
  /** Behind a name in a list: it is there, but can't be used now. */
  readonly unusable: (status: string) => string;
  readonly problems: {
    readonly id: (of: CloudIdKind, problem: IdProblem) => string;
    readonly noAccount: string;
    readonly unknownAccount: (known: readonly string[]) => string;
    /** Nobody may ask for that, whoever they are. */
    readonly noRule: (account: string) => string;
    readonly noReason: string;
    readonly noReasonToReject: string;
    readonly noReasonToActAlone: string;
    readonly noVerdict: string;
    readonly zoneNotOffered: (zone: ZoneId, offered: readonly ZoneId[]) => string;
    readonly noChoice: string;
    /** The same form was stored before, with other entries. */
    readonly sentBefore: string;
    /** It did not get into the database, as far as can be told; beside the first field. */
    readonly notStored: string;
    readonly noSuchRequest: string;
    readonly oldForm: string;
  };
  readonly clicks: {
    readonly notStored: string;
    readonly notLoaded: string;
    readonly unknownButton: string;
    readonly unreadableButton: string;
    readonly formNotOpened: string;
  };
  /** @param command with what was typed behind it, as code. */
  readonly createNotOpened: (command: string) => string;
  readonly notInstalled: string;
  /** A request whose record is broken. Plain text, for a message and beside a field alike. */
  readonly unreadable: string;
}
