/** One request for an endpoint as a journey tells it; each has a service of its own, so that stories never meet. */
import { randomBytes } from 'node:crypto';
import type { LocalCall, LocalCloud } from '../../sandbox/alibaba-cloud/server.ts';
import type { LocalEndpoint, LocalService } from '../../sandbox/alibaba-cloud/state.ts';
import { buttonsOf, fillIn, textOf, type Wish } from '../../sandbox/journey.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import type { SubmitOutcome } from '../../sandbox/slack/people/submit.ts';

const PATIENCE_MS = 20_000;
/** What a card says once its endpoint is there. */
export const CREATED = /\*Created\* on /;

interface Index {
  read: number;
  last: Message | undefined;
  readonly byRequest: Map<string, Message[]>;
}

/** Where hundreds of stories are told at once and looked at all the time, nobody can read everything for each. */
const indexes = new WeakMap<readonly Message[], Index>();

function messagesOf(all: readonly Message[], id: string): readonly Message[] {
  let index = indexes.get(all);
  // Somebody deleted one: what was read is not where it was.
  const isStale = index === undefined || all.length < index.read || all[index.read - 1] !== index.last;
  if (index === undefined || isStale) {
    index = { read: 0, last: undefined, byRequest: new Map() };
    indexes.set(all, index);
  }
  for (const message of all.slice(index.read)) {
    const request = String(message.metadata?.event_payload.request_id);
    const known = index.byRequest.get(request);
    if (known === undefined) index.byRequest.set(request, [message]);
    else known.push(message);
  }
  index.read = all.length;
  index.last = all.at(-1);
  return [...(index.byRequest.get(id) ?? [])];
}

export class Story {
  readonly slack: LocalSlack;
  readonly cloud: LocalCloud;
  readonly service: string;
  readonly wish: Wish;
  /** Given with the form. */
  id = '';

  constructor({ slack, cloud }: { readonly slack: LocalSlack; readonly cloud: LocalCloud }, wish: Wish = {}) {
    this.slack = slack;
    this.cloud = cloud;
    this.service = wish.service ?? newService(cloud);
    this.wish = { ...wish, service: this.service };
  }

  ask(): Promise<SubmitOutcome> {
    return oneModalAtATime(this.slack, this.wish.who ?? 'U0ANN', async () => {
      const { person, view } = await fillIn(this.slack, this.wish);
      this.id = (JSON.parse(view.private_metadata) as { request: string }).request;
      return await person.submit(view);
    });
  }

  /** Asks, and waits until it can be decided. */
  async askForCard(): Promise<Message> {
    await this.ask();
    return await this.cardWith('approve');
  }

  /** Asks, and has it approved. */
  async askAndApprove(who = 'U0BEN'): Promise<Message> {
    const card = await this.askForCard();
    await this.slack.as(who).click(card, 'approve');
    return card;
  }

  /** Everything that the bot said about it, wherever it is. */
  messages(): readonly Message[] {
    return this.id === '' ? [] : messagesOf(this.slack.workspace.messages, this.id);
  }

  cards(): readonly Message[] {
    return this.messages().filter(({ metadata }) => metadata?.event_type === 'vpc_endpoint_request');
  }

  /** What its card shows; undefined before there is one. */
  revision(): unknown {
    return this.cards()[0]?.metadata?.event_payload.revision;
  }

  /** What one person was told about it in private, with these words in it. */
  whispers(who: string, words: string): readonly Message[] {
    return this.messages().filter((message) => message.ephemeralTo === who && textOf(message).includes(words));
  }

  results(): readonly Message[] {
    return this.messages().filter(({ metadata }) => metadata?.event_payload.message === 'result');
  }

  thread(): readonly Message[] {
    const roots = this.cards().map(({ ts }) => ts);
    return this.messages().filter(({ thread_ts }) => thread_ts !== undefined && roots.includes(thread_ts));
  }

  /** All the lines of its thread together. */
  told(): string {
    return this.thread()
      .map(({ text }) => text)
      .join('\n');
  }

  /** Messages that are there more than once. */
  doubled(among = this.messages()): readonly string[] {
    const keys = among.map(({ metadata }) => String(metadata?.event_payload.message));
    return keys.filter((key, index) => keys.indexOf(key) !== index);
  }

  /**
   * The same where processes or Redis died: nobody can look up whether an ephemeral message was posted, so one that was
   * on its way then is said once more, as promised.
   */
  doubledApartFromWhispers(): readonly string[] {
    return this.doubled(this.messages().filter(({ ephemeralTo }) => ephemeralTo === undefined));
  }

  auditLines(): readonly Message[] {
    return this.messages().filter(({ channel }) => channel === 'C0AUDIT');
  }

  endpoints(): readonly LocalEndpoint[] {
    return this.cloud.state.endpoints.filter(({ serviceId }) => serviceId === this.service);
  }

  /** Real creates, dry runs apart. */
  creates(): readonly LocalCall[] {
    return this.calls().filter(({ dryRun }) => !dryRun);
  }

  dryRuns(): readonly LocalCall[] {
    return this.calls().filter(({ dryRun }) => dryRun);
  }

  private calls(): readonly LocalCall[] {
    return this.cloud.calls.filter(({ action, body }) => action === 'CreateVpcEndpoint' && body.includes(this.service));
  }

  cardWith(button: string, timeoutMs = PATIENCE_MS): Promise<Message> {
    return this.slack.waitFor(() => this.cards().find((card) => buttonsOf(card).includes(button)), {
      timeoutMs,
      what: `a card of ${this.id} with ${button}`,
    });
  }

  /** Waits until the card says it. */
  cardSays(text: string | RegExp, timeoutMs = PATIENCE_MS): Promise<Message> {
    return this.slack.waitFor(() => this.cards().find(says(text)), {
      timeoutMs,
      what: `a card of ${this.id} that says ${text}`,
    });
  }

  threadSays(text: string | RegExp, timeoutMs = PATIENCE_MS): Promise<Message> {
    return this.slack.waitFor(() => this.thread().find(says(text)), {
      timeoutMs,
      what: `a reply in the thread of ${this.id} that says ${text}`,
    });
  }

  /** Waits until somebody reads it, in a message of their own: an ephemeral one or a direct one. */
  hears(who: string, text: string | RegExp, timeoutMs = PATIENCE_MS): Promise<Message> {
    return this.slack.waitFor(() => this.heard(who).find(says(text)), {
      timeoutMs,
      what: `a message to ${who} about ${this.id} that says ${text}`,
    });
  }

  heard(who: string): readonly Message[] {
    const dm = this.slack.workspace.dm(who).id;
    return this.messages().filter(({ ephemeralTo, channel }) => ephemeralTo === who || channel === dm);
  }

  result(timeoutMs = PATIENCE_MS): Promise<Message> {
    return this.slack.waitFor(() => this.results()[0], { timeoutMs, what: `the result of ${this.id}` });
  }

  /** Waits until it has its endpoint and everybody was told, once each. @returns the endpoint, by the cloud's books. */
  async ends(timeoutMs = PATIENCE_MS): Promise<LocalEndpoint> {
    await this.cardSays(CREATED, timeoutMs);
    await this.result(timeoutMs);
    await this.threadSays(/its domain is/, timeoutMs);
    const [endpoint, ...others] = this.endpoints();
    if (endpoint === undefined || others.length > 0) throw new Error(`${this.endpoints().length} endpoints`);
    return endpoint;
  }
}

export function says(text: string | RegExp): (message: Message) => boolean {
  return (message) => (typeof text === 'string' ? textOf(message).includes(text) : text.test(textOf(message)));
}

const hands = new WeakMap<LocalSlack, Map<string, Promise<unknown>>>();

/** Stories that run side by side share their people, and nobody fills in two forms at once. */
export function oneModalAtATime<T>(slack: LocalSlack, who: string, work: () => Promise<T>): Promise<T> {
  const busy = hands.get(slack) ?? new Map<string, Promise<unknown>>();
  hands.set(slack, busy);
  const done = (busy.get(who) ?? Promise.resolve()).then(work);
  busy.set(
    who,
    done.catch(() => {}),
  );
  return done;
}

/** Adds a service that no other story uses. @returns its id. */
export function newService(cloud: LocalCloud, over: Partial<LocalService> = {}): string {
  const serviceId = `epsrv-hp3${randomBytes(9).toString('hex')}`;
  cloud.state.services.push({
    serviceId,
    name: `com.aliyuncs.privatelink.cn-hangzhou.${serviceId}`,
    description: '',
    status: 'Active',
    autoAccept: true,
    zones: ['cn-hangzhou-h', 'cn-hangzhou-i'],
    ...over,
  });
  return serviceId;
}

/** Changes a service as its owner would in the console. */
export function changeService(cloud: LocalCloud, serviceId: string, over: Partial<LocalService>): void {
  const service = cloud.state.services.find((each) => each.serviceId === serviceId);
  if (service === undefined) throw new Error(`no service ${serviceId}`);
  Object.assign(service, over);
}
