/** The local Slack's messages by the endpoint service that they speak of: so each bot's are found, whatever it adds to them. */
import { buttonsOf, textOf } from '../sandbox/journey.ts';
import type { LocalSlack } from '../sandbox/slack/local-slack.ts';
import type { Message } from '../sandbox/slack/model.ts';

export const APPROVALS = 'C0APPROVALS';
export const TEAM = 'C0TEAM';
const SERVICE = /epsrv-\w+/g;
const DOMAIN = /ep-\w+\.epsrv-\w+\.[\w-]+\.privatelink\.aliyuncs\.com/;

export class Books {
  private readonly slack: LocalSlack;
  private readonly about = new Map<string, Message[]>();
  private readonly seen = new WeakSet<Message>();
  private read = 0;
  private last: Message | undefined;

  constructor(slack: LocalSlack) {
    this.slack = slack;
  }

  messages(service: string): readonly Message[] {
    this.catchUp();
    return this.about.get(service) ?? [];
  }

  card(service: string): Message | undefined {
    return this.messages(service).find(
      ({ channel, thread_ts, ephemeralTo }) =>
        channel === APPROVALS && thread_ts === undefined && ephemeralTo === undefined,
    );
  }

  /** The card once it can be approved. */
  openCard(service: string): Message | undefined {
    const card = this.card(service);
    return card !== undefined && buttonsOf(card).includes('approve') ? card : undefined;
  }

  /** The message with the domain, where the requester wanted it. */
  result(service: string): Message | undefined {
    return this.messages(service).find(
      (message) => message.channel === TEAM && message.ephemeralTo === undefined && DOMAIN.test(textOf(message)),
    );
  }

  /** What one person alone was told of it. */
  whispers(service: string, user: string): readonly Message[] {
    return this.messages(service).filter(({ ephemeralTo }) => ephemeralTo === user);
  }

  private catchUp(): void {
    const all = this.slack.workspace.messages;
    // Somebody deleted one: what was read is not where it was.
    if (all.length < this.read || (this.read > 0 && all[this.read - 1] !== this.last)) this.read = 0;
    for (const message of all.slice(this.read)) {
      if (this.seen.has(message)) continue;
      this.seen.add(message);
      for (const service of new Set(textOf(message).match(SERVICE))) {
        const known = this.about.get(service);
        if (known === undefined) this.about.set(service, [message]);
        else known.push(message);
      }
    }
    this.read = all.length;
    this.last = all.at(-1);
  }
}
