/** Everything that went over the wire, both ways, and what was wrong with it. */
import type { Json, Message } from './model.ts';

export type ApiCall = {
  seq: number;
  at: number;
  method: string;
  /** The token is never in here. */
  args: Json;
  status: number;
  answer: Json;
  ms: number;
  fault?: string;
};

export type DeliveryKind =
  | 'command'
  | 'block_actions'
  | 'block_suggestion'
  | 'view_submission'
  | 'view_closed'
  | 'shortcut'
  | 'event'
  | 'raw';

/** What people would see of a delivery that the app did not take. */
export type DeliveryProblem = 'operation_timeout' | 'dispatch_failed';

export type Delivery = {
  seq: number;
  at: number;
  kind: DeliveryKind;
  /** The command, action_id, callback_id or event type. */
  what: string;
  user?: string;
  /** Of the button that was clicked, or the form's `private_metadata`. */
  value?: string;
  ackMs: number;
  status?: number;
  problem?: DeliveryProblem;
  retryNum?: number;
  /** What was delivered; kept only where somebody wants to look at it. */
  payload?: Json;
};

export type DuplicatePost = { channel: string; text: string; timestamps: string[] };

export class CallLog {
  /** Whether deliveries keep what was delivered: a long test would fill the memory with it. */
  keepPayloads = false;
  readonly calls: ApiCall[] = [];
  readonly deliveries: Delivery[] = [];
  readonly ephemerals: Message[] = [];
  /** Methods that the local Slack does not have: a test can insist that there are none. */
  readonly unknownMethods: string[] = [];
  /** Answers of the bot that Slack would not have understood. */
  readonly protocolErrors: string[] = [];
  private readonly posts: { message: Message; stored: Message; fingerprint: string }[] = [];
  private readonly changed: () => void;
  private seq = 0;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  call(entry: Omit<ApiCall, 'seq'>): void {
    this.calls.push({ seq: this.next(), ...entry });
    this.changed();
  }

  delivery({ payload, ...entry }: Omit<Delivery, 'seq'>): void {
    const kept = this.keepPayloads && payload !== undefined ? { payload } : {};
    this.deliveries.push({ seq: this.next(), ...entry, ...kept });
    this.changed();
  }

  protocolError(sentence: string): void {
    this.protocolErrors.push(sentence);
    this.changed();
  }

  /** Notes a post that took effect, whatever became of its answer. `sent` is the message as the bot sent it. */
  post(message: Message, sent: Json): void {
    if (message.ephemeralTo !== undefined) this.ephemerals.push({ ...message });
    else this.posts.push({ message: { ...message }, stored: message, fingerprint: JSON.stringify(sent) });
  }

  count(method: string): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** Messages that were posted more than once with the same words, blocks and metadata at the same place, and stayed. */
  duplicatePosts(): DuplicatePost[] {
    // Map.groupBy is not in Node 20.
    const groups = new Map<string, typeof this.posts>();
    const there = this.posts.filter(({ stored }) => stored.tombstone !== true);
    for (const post of there) groups.set(post.fingerprint, [...(groups.get(post.fingerprint) ?? []), post]);
    return [...groups.values()]
      .filter((same) => same.length > 1)
      .map((same) => ({
        channel: same[0]?.message.channel ?? '',
        text: same[0]?.message.text ?? '',
        timestamps: same.map((post) => post.message.ts),
      }));
  }

  private next(): number {
    this.seq += 1;
    return this.seq;
  }
}
