/** The "Break it" switches: each goes wrong on demand, between the real bot and its stand-ins, and counts how often. */
import { isCreate } from '../alibaba-cloud/is-create.ts';
import type { LocalCall, LocalCloud } from '../alibaba-cloud/server.ts';
import type { Fault } from '../slack/faults.ts';
import type { LocalSlack } from '../slack/local-slack.ts';
import { SWITCHES, type SwitchName, type SwitchState } from './wire.ts';

/** Longer than the bot waits for the list to show an endpoint: so it has to send again, with the same ClientToken. */
const LIST_LAG_MS = 15_000;
const SLOW_MS = 3_000;
const RETRY_AFTER_S = 5;
const FOR_EVER = Number.POSITIVE_INFINITY;

export class Breakage {
  private readonly slack: LocalSlack;
  private readonly cloud: LocalCloud;
  private readonly on = new Set<SwitchName>();
  /** Where the counts of the logs were when each was switched on. */
  private readonly struckBefore = new Map<SwitchName, number>();
  private readonly struckUntilOff = new Map<SwitchName, number>();
  private slackFaults: Fault[] = [];
  private doubled = 0;
  private redelivered = 0;

  constructor(slack: LocalSlack, cloud: LocalCloud) {
    this.slack = slack;
    this.cloud = cloud;
  }

  set(name: SwitchName, on: boolean): void {
    if (on === this.on.has(name)) return;
    if (on) {
      this.struckBefore.set(name, this.struckEver(name));
      this.on.add(name);
    } else {
      this.struckUntilOff.set(name, this.struckSince(name));
      this.on.delete(name);
    }
    this.apply();
  }

  /** How often Slack hands over one click, and how many clicks one press is. */
  click(isInMessage: boolean): { readonly presses: number; readonly deliveries: number } {
    const [isDouble, isRedelivered] = [this.on.has('double-click'), isInMessage && this.on.has('redelivery')];
    if (isDouble) this.doubled += 1;
    if (isRedelivered) this.redelivered += 1;
    return { presses: isDouble ? 2 : 1, deliveries: isRedelivered ? 2 : 1 };
  }

  /** The same for an event, such as that somebody opened Home. */
  event(): { readonly deliveries: number } {
    if (!this.on.has('redelivery')) return { deliveries: 1 };
    this.redelivered += 1;
    return { deliveries: 2 };
  }

  states(): readonly SwitchState[] {
    if (this.on.has('lost-reply') && this.isOver(this.lostReplies().at(-1))) this.set('lost-reply', false);
    return SWITCHES.map((name) => {
      const on = this.on.has(name);
      return { name, on, struck: on ? this.struckSince(name) : (this.struckUntilOff.get(name) ?? 0) };
    });
  }

  /** A reply is lost once: when the list shows what came of it, whoever wants to lose another one says so. */
  private isOver(lost: LocalCall | undefined): boolean {
    return lost !== undefined && this.struckSince('lost-reply') > 0 && Date.now() - lost.at > LIST_LAG_MS;
  }

  private lostReplies(): readonly LocalCall[] {
    return this.cloud.calls.filter((call) => isCreate(call) && call.outcome === 'fault:reset');
  }

  private struckSince(name: SwitchName): number {
    const ever = this.struckEver(name);
    return ever - (this.struckBefore.get(name) ?? ever);
  }

  /** All anew, so that two that touch the same thing don't undo each other. */
  private apply(): void {
    const { cloud, slack, on } = this;
    cloud.faults.clear();
    cloud.state.switches.listLagMs = on.has('lost-reply') ? LIST_LAG_MS : 0;
    for (const fault of this.slackFaults) fault.remove();
    this.slackFaults = [];
    if (on.has('lost-reply') && this.struckSince('lost-reply') === 0) {
      cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, when: 'after', kind: { type: 'reset' } });
    }
    // The first fault that fits a call is the one that strikes it, and a failure is the worse.
    if (on.has('slow-cloud') && !on.has('failing-cloud'))
      cloud.faults.add({ when: 'before', kind: { type: 'delay', ms: SLOW_MS }, times: FOR_EVER });
    if (on.has('failing-cloud'))
      cloud.faults.add({ when: 'before', kind: { type: 'status', status: 503 }, times: FOR_EVER });
    if (on.has('slack-down'))
      this.slackFaults.push(slack.faults.add({ method: '*', kind: 'server_error', times: FOR_EVER }));
    if (on.has('slack-429')) {
      for (const method of ['chat.postMessage', 'chat.update']) {
        const spec = { method, kind: 'rate_limited', retryAfterS: RETRY_AFTER_S, times: FOR_EVER } as const;
        this.slackFaults.push(slack.faults.add(spec));
      }
    }
  }

  private struckEver(name: SwitchName): number {
    const { calls } = this.cloud;
    const slackCalls = (fault: string) => this.slack.log.calls.filter((call) => call.fault?.startsWith(fault)).length;
    switch (name) {
      case 'lost-reply':
        return this.lostReplies().length;
      case 'slow-cloud':
        return calls.length;
      case 'failing-cloud':
        return calls.filter(({ outcome }) => outcome === 'fault:status').length;
      case 'slack-429':
        return slackCalls('rate_limited');
      case 'slack-down':
        return slackCalls('server_error');
      case 'double-click':
        return this.doubled;
      case 'redelivery':
        return this.redelivered;
    }
  }
}
