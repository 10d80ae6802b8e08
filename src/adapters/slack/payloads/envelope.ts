/** A frame of Socket Mode: Slack's own signals, and the envelopes in which deliveries come. */
import * as z from 'zod';
import { type Body, judgeCommand, judgeEvent, judgeInteraction } from './body.ts';

export interface Delivery {
  /** The same when Slack sends it again. */
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryNum?: number;
  readonly retryReason?: string;
}

export type Envelope =
  | { readonly kind: 'hello' }
  /** This connection ends soon: another one is wanted. */
  | { readonly kind: 'disconnect'; readonly reason: string }
  | { readonly kind: 'deliver'; readonly delivery: Delivery }
  /** Nothing here listens to it; with an id, Slack wants to hear that it came. */
  | { readonly kind: 'nothing'; readonly id?: string }
  | { readonly kind: 'malformed' };

const JUDGES: ReadonlyMap<string, (payload: unknown) => Body> = new Map([
  ['slash_commands', judgeCommand],
  ['interactive', judgeInteraction],
  ['events_api', judgeEvent],
]);

const frame = z.looseObject({
  type: z.string(),
  reason: z.string().catch('unknown'),
  envelope_id: z.string().min(1).optional(),
  payload: z.unknown().optional(),
  retry_attempt: z.number().optional().catch(undefined),
  retry_reason: z.string().optional().catch(undefined),
});

export function judgeFrame(text: string): Envelope {
  const { data } = frame.safeParse(parsed(text));
  if (data === undefined) return { kind: 'malformed' };
  const { type, envelope_id: id } = data;
  if (type === 'hello') return { kind: 'hello' };
  if (type === 'disconnect') return { kind: 'disconnect', reason: data.reason };
  const judge = JUDGES.get(type);
  if (judge === undefined) return { kind: 'nothing', ...(id === undefined ? {} : { id }) };
  if (id === undefined) return { kind: 'malformed' };
  const judged = judge(data.payload);
  switch (judged.kind) {
    case 'deliver':
      return {
        kind: 'deliver',
        delivery: {
          id,
          body: judged.body,
          ...(data.retry_attempt === undefined ? {} : { retryNum: data.retry_attempt }),
          ...(data.retry_reason === undefined ? {} : { retryReason: data.retry_reason }),
        },
      };
    case 'malformed':
      return { kind: 'malformed' };
    // A challenge is about an address, and a socket has none.
    case 'challenge':
    case 'nothing':
      return { kind: 'nothing', id };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
