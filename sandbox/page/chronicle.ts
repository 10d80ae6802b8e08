/** What became of each request, step by step: its transitions as the bot logs them, and how card and cloud were after each. */
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
  readonly creates: number;
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
    for (const request of new Set(this.events.map((event) => event.request))) {
      const frames = this.frames.get(request) ?? [];
      const card = cards.get(request);
      const next: Frame = {
        request,
        n: frames.length,
        at: now,
        events: this.events.filter((event) => event.request === request).length,
        endpoints,
        creates,
        ...(card === undefined ? {} : { card: { text: card.text, blocks: structuredClone(card.blocks) } }),
      };
      if (looks(frames.at(-1)) !== looks(next)) this.frames.set(request, [...frames, next]);
    }
  }

  facts(facts: Facts): void {
    for (const event of this.events)
      tell(facts, 'event', `${event.request}/${String(event.seq).padStart(4, '0')}`, event);
    for (const [request, frames] of this.frames) {
      for (const frame of frames) tell(facts, 'frame', `${request}/${String(frame.n).padStart(4, '0')}`, frame);
    }
  }
}

function cardOf({ metadata, tombstone }: Message): string | undefined {
  if (metadata?.event_type !== 'vpc_endpoint_request' || tombstone === true) return undefined;
  return metadata.event_payload.message === 'card' ? asText(metadata.event_payload.request_id) : undefined;
}

function looks(frame: Frame | undefined): string {
  if (frame === undefined) return '';
  const { n: _n, at: _at, ...rest } = frame;
  return JSON.stringify(rest);
}
