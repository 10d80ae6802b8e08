/** All that was said about each request, kept in order as it comes: a run has too many messages to search them each time. */
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import type { Message } from '../../sandbox/slack/model.ts';

export class Mail {
  private readonly slack: LocalSlack;
  private readonly byRequest = new Map<string, Message[]>();
  private readonly toPerson = new Map<string, Message[]>();
  private lastTs = '';

  constructor(slack: LocalSlack) {
    this.slack = slack;
  }

  /** Everything about it, ephemeral messages too. */
  about(id: string): readonly Message[] {
    this.read();
    return this.byRequest.get(id) ?? [];
  }

  /** What only this person read. */
  whispers(person: string): readonly Message[] {
    this.read();
    return this.toPerson.get(person) ?? [];
  }

  cards(id: string): readonly Message[] {
    return this.about(id).filter(isCard);
  }

  /** The one that people look at; none once it is deleted. */
  card(id: string): Message | undefined {
    return this.cards(id).at(-1);
  }

  private read(): void {
    const { messages } = this.slack.workspace;
    // What was deleted has moved the rest up, so the place is found by the time; all have the same number of digits.
    let from = messages.length;
    while (from > 0 && (messages[from - 1]?.ts ?? '') > this.lastTs) from -= 1;
    for (const message of messages.slice(from)) {
      const id = message.metadata?.event_payload.request_id;
      if (typeof id === 'string') push(this.byRequest, id, message);
      const reader = message.ephemeralTo ?? (message.channel.startsWith('D') ? `U${message.channel.slice(1)}` : '');
      if (reader !== '') push(this.toPerson, reader, message);
    }
    this.lastTs = messages.at(-1)?.ts ?? this.lastTs;
  }
}

function push(into: Map<string, Message[]>, key: string, message: Message): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [message]);
  else known.push(message);
}

export function isCard({ metadata }: Message): boolean {
  return metadata?.event_type === 'vpc_endpoint_request';
}

/** What waits for somebody on a card; without it, nothing more is to be expected. */
const DECISIONS: readonly string[] = ['approve', 'reject', 'cancel', 'retry', 'choose_endpoint'];
const ENDED = /\*(Created|Rejected|Cancelled|Failed|Expired|Refused|Refused by the checks\.)\*/;

export function isEnded(card: Message): boolean {
  return ENDED.test(textOf(card)) && !buttonsOf(card).some((button) => DECISIONS.includes(button));
}
