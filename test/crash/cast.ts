/** The people of one play: they act as people do, and repeat what Slack told them that it failed. Nothing else. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf } from '../../sandbox/journey.ts';
import type { Message, View } from '../../sandbox/slack/model.ts';
import type { Person } from '../../sandbox/slack/people/person.ts';
import { person, sampleWorkspace, type WorkspaceSeed } from '../../sandbox/slack/sample-workspace.ts';
import type { Stage } from '../../sandbox/stage.ts';
import type { Requests } from '../../src/application/ports/requests.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { eventually } from '../support/eventually.ts';
import type { Story } from '../support/story.ts';

/** Long enough for a take-over and for any claim that has to run out. */
export const PATIENCE_MS = 120_000;
const AGAIN_MS = 1_000;
const FORM_MS = 6_000;
const FORM_TRIES = 20;
const LOOK_AGAIN_MS = 100;

/** What a play knows of the processes behind Slack. */
export interface Behind {
  /** How often one has taken over from another. */
  readonly times: number;
  /** Resolves once one has taken over after `times`. */
  after(times: number): Promise<void>;
}

/** All but those who need an account of their own share it. */
export const COMMON_ACCOUNT = 'production';

export class Cast {
  readonly story: Story;
  readonly requester: string;
  readonly approver: string;
  /** Who may act alone, and owes nobody a yes. */
  readonly onCall: string;
  private readonly stage: Stage;
  private readonly requests: Pick<Requests, 'history'>;
  private readonly behind: Behind;
  private readonly onKnown: (id: string) => void;

  /** @param onKnown called with the request's id before anything is asked for. */
  constructor(
    stage: Stage,
    requests: Pick<Requests, 'history'>,
    place: number,
    story: Story,
    behind: Behind,
    onKnown: (id: string) => void,
  ) {
    this.stage = stage;
    this.requests = requests;
    this.requester = requesterAt(place);
    this.approver = approverAt(place);
    this.onCall = onCallAt(place);
    this.story = story;
    this.behind = behind;
    this.onKnown = onKnown;
  }

  /** Types the command, fills in the form and submits it. */
  async ask(): Promise<void> {
    const { account, instance = SAMPLE_INSTANCES.orders, service, zone = 'cn-hangzhou-i', mode } = this.story.wish;
    const typed = `create ${instance} ${service} ${zone}`;
    const open = async (person: Person) => (await person.command('C0DATA', '/vpc-endpoint', typed)).ok;
    await this.form(this.requester, 'create_endpoint', open, async (person, view) => {
      this.story.id = (JSON.parse(view.private_metadata) as { request: string }).request;
      this.onKnown(this.story.id);
      await person.choose(view, 'account', account ?? COMMON_ACCOUNT);
      await person.type(view, 'reason', 'Watcher alerts');
      if (mode !== undefined) await person.choose(view, 'mode', mode);
    });
  }

  /** Clicks the card's button as soon as there is one, and again when that failed and it is still there. */
  async click(who: string, button: string): Promise<void> {
    await this.untilItCounts(who, button, async () => {
      let card = await this.story.cardWith(button, PATIENCE_MS);
      for (;;) {
        const { times } = this.behind;
        const { ok } = await this.stage.slack.as(who).click(card, button);
        if (ok) return;
        await this.again(times);
        const seen = this.story.cards().find((each) => buttonsOf(each).includes(button));
        if (seen === undefined) return;
        card = seen;
      }
    });
  }

  /** Clicks the card's button, fills in the form that opens, and submits it. */
  async clickAndFill(
    who: string,
    button: string,
    form: string,
    fill: (person: Person, view: View) => Promise<unknown>,
  ): Promise<void> {
    const open = async (person: Person) => {
      const card: Message = await this.story.cardWith(button, PATIENCE_MS);
      return (await person.click(card, button)).ok;
    };
    await this.untilItCounts(who, button, () => this.form(who, form, open, fill));
  }

  /**
   * Where Slack could not say who they are, people are asked to try again, and do. What counts is read in the audit
   * trail: a card may look otherwise for a moment, where an update lands late.
   */
  private async untilItCounts(who: string, button: string, act: () => Promise<void>): Promise<void> {
    await this.story.cardWith(button, PATIENCE_MS);
    const before = (await this.actsOf(who)).length;
    for (let known = before; ; ) {
      await act();
      const answered = await eventually(
        `an answer to ${button}`,
        async () => {
          const acts = await this.actsOf(who);
          if (acts.length > known) return acts;
          await sleep(LOOK_AGAIN_MS);
          return undefined;
        },
        PATIENCE_MS,
      );
      if (!answered.slice(before).every(isToBeRepeated)) return;
      known = answered.length;
    }
  }

  private async actsOf(who: string): Promise<readonly RequestEvent[]> {
    const history = await this.requests.history(this.story.id as RequestId);
    return history.map(({ event }) => event).filter((event) => actorOf(event) === who);
  }

  private async form(
    who: string,
    callbackId: string,
    open: (person: Person) => Promise<boolean>,
    fill: (person: Person, view: View) => Promise<unknown>,
  ): Promise<void> {
    const person = this.stage.slack.as(who);
    for (let tries = 0; tries < FORM_TRIES; tries += 1) {
      const { times } = this.behind;
      const opened = await open(person);
      const view = opened
        ? await Promise.race([
            // Nothing opens where the bot needs longer than Slack lets it: people try again then.
            person.waitForView(callbackId, { timeoutMs: FORM_MS }).catch(() => undefined),
            this.behind.after(times).then(() => undefined),
          ])
        : await this.again(times);
      if (view === undefined) continue;
      await fill(person, view);
      return await this.submit(person, view);
    }
    throw new Error(`no form ${callbackId} for ${who}`);
  }

  private async submit(person: Person, view: View): Promise<void> {
    for (;;) {
      const { times } = this.behind;
      const submitted = await person.submit(view);
      if (submitted.outcome === 'closed') return;
      if (submitted.outcome !== 'failed') throw new Error(`${view.callback_id}: ${JSON.stringify(submitted)}`);
      await this.again(times);
    }
  }

  /** Until there is a reason to try again: another process, or a little patience. */
  private async again(times: number): Promise<undefined> {
    await Promise.race([this.behind.after(times), sleep(AGAIN_MS)]);
  }
}

function actorOf(event: RequestEvent): unknown {
  if (event.type === 'approval-given') return event.approval.by;
  if (event.type === 'approved') return event.emergency?.by;
  return 'by' in event ? event.by : undefined;
}

/** Slack told the bot nothing of this person in time: they are asked to try again in a moment. */
function isToBeRepeated(event: RequestEvent): boolean {
  if (event.type !== 'attempt-refused') return false;
  return event.refusal.kind === 'standing' && event.refusal.standing === 'unknown';
}

/** Each play has people of its own: nobody fills in two forms at once. */
export function requesterAt(place: number): string {
  return `U0REQ${place}`;
}

export function approverAt(place: number): string {
  return `U0APP${place}`;
}

export function onCallAt(place: number): string {
  return `U0ONC${place}`;
}

/** They read English, and are where people ask and decide. */
export function peopleFor(places: number): Pick<WorkspaceSeed, 'users' | 'channels'> {
  const { users, channels } = sampleWorkspace();
  const ids = Array.from({ length: places }, (_, place) => [
    requesterAt(place),
    approverAt(place),
    onCallAt(place),
  ]).flat();
  for (const { members } of channels) for (const id of ids) members.add(id);
  return { channels, users: [...users, ...ids.map((id) => person(id, id.toLowerCase(), `Person ${id}`))] };
}

export class TakeOvers implements Behind {
  times = 0;
  private waiting: (() => void)[] = [];

  after(times: number): Promise<void> {
    if (this.times > times) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  happened(): void {
    this.times += 1;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
