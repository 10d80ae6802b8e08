/** What the page and its server say to each other: named facts one way, what people do the other way. */
import type { ApiCall, Delivery } from '../slack/call-log.ts';
import type { Json, Message, Option, View } from '../slack/model.ts';

export interface PagePerson {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly kind: 'member' | 'admin' | 'guest' | 'stranger' | 'bot';
}

export interface PageChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Set for the conversation of one person with the bot. */
  readonly dmOf?: string;
  readonly members: readonly string[];
  /** Who could open it. */
  readonly seenBy: readonly string[];
}

export interface PageGroup {
  readonly id: string;
  readonly handle: string;
}

export interface PageEndpoint {
  readonly id: string;
  readonly instance: string;
  readonly service: string;
  readonly zone: string;
  readonly name: string;
  readonly domain: string;
  readonly status: string;
}

/** One signed call, and its answer. */
export interface PageCall {
  readonly n: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly action: string;
  readonly dryRun: boolean;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly clientToken?: string;
  readonly status?: number;
  readonly outcome: string;
  /** The endpoint that this very call made, even if its answer was lost. */
  readonly made?: string;
  readonly answer: string;
}

/** A transition of a request, as the bot's log has it. */
export interface PageEvent {
  readonly request: string;
  readonly seq: number;
  readonly revision: number;
  readonly event: string;
  readonly at: number;
  /** Which start of the bot decided it: it may have been killed in between. */
  readonly life: number;
}

/** How card and cloud were after something had changed. */
export interface Frame {
  readonly request: string;
  readonly n: number;
  readonly at: number;
  /** The transitions that were decided by then. */
  readonly events: number;
  readonly card?: Pick<Message, 'text' | 'blocks'>;
  readonly endpoints: readonly PageEndpoint[];
  /** Creates that had been sent, dry runs left out. */
  readonly creates: number;
}

export interface BotState {
  readonly state: 'starting' | 'ready' | 'killed';
  /** Why it did not start. */
  readonly trouble?: string;
  /** How often it was started. */
  readonly lives: number;
  readonly readyMs?: number;
}

export const SWITCHES = [
  'lost-reply',
  'slow-cloud',
  'failing-cloud',
  'slack-429',
  'slack-down',
  'double-click',
  'redelivery',
] as const;
export type SwitchName = (typeof SWITCHES)[number];

export interface SwitchState {
  readonly name: SwitchName;
  readonly on: boolean;
  /** How often it struck. */
  readonly struck: number;
}

/** What has come of all creates so far. */
export interface Tally {
  /** Dry runs left out. */
  readonly creates: number;
}

export interface Clock {
  /** Milliseconds by which the bot's time was moved ahead. */
  readonly aheadMs: number;
}

export interface Notice {
  readonly user: string;
  readonly text: string;
}

/** Everything that the page knows, by kind. A fact's key is its kind, a slash, and a name that sorts in order. */
export interface Kinds {
  person: PagePerson;
  channel: PageChannel;
  group: PageGroup;
  message: Message;
  modal: View;
  home: View;
  notice: Notice;
  endpoint: PageEndpoint;
  call: PageCall;
  delivery: Delivery;
  api: ApiCall;
  event: PageEvent;
  frame: Frame;
  bot: BotState;
  switch: SwitchState;
  clock: Clock;
  tally: Tally;
}
export type Kind = keyof Kinds;

/** What changed since the last one; the first has everything. */
export interface Patch {
  readonly set: Readonly<Record<string, unknown>>;
  readonly gone: readonly string[];
}

type InView = { readonly as: string; readonly view: string; readonly block: string };

export type Act =
  | {
      readonly act: 'type';
      readonly as: string;
      readonly channel: string;
      readonly text: string;
      readonly thread?: string;
    }
  | {
      readonly act: 'click';
      readonly as: string;
      readonly on: { readonly channel: string; readonly ts: string } | { readonly view: string };
      /** As the person sees it: perhaps not as it is by now. */
      readonly block: Json;
      readonly action: string;
    }
  | ({ readonly act: 'search'; readonly text: string } & InView)
  | ({ readonly act: 'fill'; readonly value: string | Option | null } & InView)
  | { readonly act: 'submit'; readonly as: string; readonly view: string }
  | { readonly act: 'close'; readonly as: string; readonly view: string; readonly all: boolean }
  | { readonly act: 'open-home'; readonly as: string }
  | { readonly act: 'shortcut'; readonly as: string; readonly callback: string }
  | { readonly act: 'switch'; readonly name: SwitchName; readonly on: boolean }
  /** Opens a form that is filled in. */
  | { readonly act: 'prepare'; readonly as: string }
  | { readonly act: 'kill' }
  | { readonly act: 'advance'; readonly ms: number };

export type Done =
  | { readonly ok: true; readonly options?: readonly Option[] }
  /** Nothing happened. The name of a refusal, which the page says in the person's language, or words for developers. */
  | { readonly ok: false; readonly why: Refusal | (string & {}) };

/** What a person may well try on the page, and can't have. */
export const REFUSALS = ['no-command-in-thread', 'no-such-command', 'gone', 'bot-away', 'all-connected'] as const;
export type Refusal = (typeof REFUSALS)[number];
