/** What became of each request, step by step: its transitions as the bot logs them, and how card and cloud were after each. */
import type { LocalCall } from '../alibaba-cloud/server.ts';
import type { LogLine } from '../bot-process.ts';
import type { Message } from '../slack/model.ts';
import { asText } from '../slack/model.ts';
import { type Facts, tell } from './scene.ts';
import type { Frame, PageEndpoint, PageEvent } from './wire.ts';

export interface Sight {
  readonly now: number;
  readonly messages: readonly Message[];
  readonly endpoints: readonly PageEndpoint[];
  /** Creates that were sent so far, dry runs left out. */
  readonly creates: readonly LocalCall[];
}

export class Chronicle {
  private readonly events: PageEvent[] = [];
  private readonly frames = new Map<string, Frame[]>();

  /** Notes a transition, if the line is about one. */
  hear(line: LogLine, life: number): void {
    const { msg, request, event, seq, revision, time } = line;
    if (msg !== 'request' || typeof request !== 'string' || typeof event !== 'string') return;
    this.events.push({
      request,
      event,
      seq: Number(seq),
      revision: Number(revision),
      at: Date.parse(asText(time)),
      life,
    });
  }

  /** Keeps how things are, for each request for which they are not as they were. */
  look({ now, messages, endpoints, creates }: Sight): void {
    const cards = new Map(
      messages.flatMap((message) => (cardOf(message) === undefined ? [] : [[cardOf(message), message]])),
    );
    for (const [request, events] of this.byRequest()) {
      const frames = this.frames.get(request) ?? [];
      const card = cards.get(request);
      const own = creates.filter(({ clientToken }) => clientToken !== undefined && isOf(clientToken, request));
      const made = new Set(own.flatMap(({ made: id }) => id ?? []));
      const next: Frame = {
        request,
        n: frames.length,
        at: now,
        events,
        endpoints: endpoints.filter(({ id }) => made.has(id)),
        creates: own.length,
        ...(card === undefined ? {} : { card: { text: card.text, blocks: card.blocks } }),
      };
      const last = frames.at(-1);
      if (last !== undefined && looks(last) === looks(next)) continue;
      this.frames.set(request, [...frames, structuredClone(next)]);
    }
  }

  private byRequest(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { request } of this.events) counts.set(request, (counts.get(request) ?? 0) + 1);
    return counts;
  }

  facts(facts: Facts): void {
    for (const event of this.events)
      tell(facts, 'event', `${event.request}/${String(event.seq).padStart(4, '0')}`, event);
    for (const [request, frames] of this.frames) {
      for (const frame of frames) tell(facts, 'frame', `${request}/${String(frame.n).padStart(4, '0')}`, frame);
    }
  }
}

/** A ClientToken carries its request's ULID. */
function isOf(clientToken: string, request: string): boolean {
  return clientToken.includes(request.replace(/^req_/, ''));
}

function cardOf({ metadata, tombstone }: Message): string | undefined {
  if (metadata?.event_type !== 'vpc_endpoint_request' || tombstone === true) return undefined;
  return metadata.event_payload.message === 'card' ? asText(metadata.event_payload.request_id) : undefined;
}

function looks(frame: Frame): string {
  const { n: _n, at: _at, ...rest } = frame;
  return JSON.stringify(rest);
}
