/** Clicks that were acknowledged and after which nobody told the one who clicked anything: no card, no word, no form. */
import type { ApiCall, Delivery } from '../../sandbox/slack/call-log.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import type { Mail } from './mail.ts';
import type { Ledger } from './types.ts';

/** Whoever has heard nothing by then will not wait any longer, whatever was away meanwhile. */
const IN_TIME_MS = 60_000;
const REQUEST = /req_\w+/;

export function silentClicks(slack: LocalSlack, mail: Mail, ledger: Ledger | undefined): readonly string[] {
  const words = new Words(slack, mail);
  const silent = clicksOf(slack)
    .filter(({ problem, retryNum }) => problem === undefined && retryNum === undefined)
    .filter((click) => !words.followed(click))
    .map(({ what, user, value }) => `${user} clicked ${what} of ${value}, and heard nothing`);
  return ledger === undefined ? silent : [...silent, ...unanswered(ledger, mail)];
}

/** Clicks on a message's buttons. */
export function clicksOf({ log }: LocalSlack): readonly Delivery[] {
  return log.deliveries.filter(
    ({ kind, value }) => kind === 'block_actions' && value !== undefined && REQUEST.test(value),
  );
}

export function requestOf({ value = '' }: Delivery): string {
  return REQUEST.exec(value)?.[0] ?? '';
}

/** Every refusal that was written down was also said, to the one whom it concerns. */
function unanswered({ audits }: Ledger, mail: Mail): readonly string[] {
  return [...audits].flatMap(([id, entries]) => {
    const refused = entries.flatMap(({ event }) => (event.type === 'attempt-refused' ? [event.by] : []));
    return [...new Set(refused)].flatMap((who) => {
      const times = refused.filter((by) => by === who).length;
      const answers = mail.about(id).filter((message) => isAnswer(message) && isFor(message, who)).length;
      return answers >= times ? [] : [`${id}: ${who} was refused ${times} times, and told so ${answers} times`];
    });
  });
}

function isAnswer({ metadata }: Message): boolean {
  return String(metadata?.event_payload.message).startsWith('answer');
}

function isFor({ ephemeralTo, channel }: Message, who: string): boolean {
  return ephemeralTo === who || channel === `D${who.slice(1)}`;
}

/** When anything was told, by whom it concerns. */
class Words {
  private readonly updates = new Map<string, number[]>();
  private readonly forms = new Map<string, number[]>();
  private readonly mail: Mail;

  constructor({ log, workspace }: LocalSlack, mail: Mail) {
    this.mail = mail;
    for (const call of log.calls) {
      if (!tookEffect(call)) continue;
      if (call.method === 'chat.update') add(this.updates, `${call.args.channel}/${call.args.ts}`, endOf(call));
      if (call.method === 'views.open') {
        const view = call.answer.view as { id?: string } | undefined;
        const user = workspace.views.get(view?.id ?? '')?.user;
        if (user !== undefined) add(this.forms, user, endOf(call));
      }
    }
  }

  followed({ at, user = '', ...click }: Delivery): boolean {
    const inTime = (ms: number) => ms >= at && ms <= at + IN_TIME_MS;
    const id = requestOf({ at, user, ...click });
    const cards = this.mail.cards(id).map(({ channel, ts }) => `${channel}/${ts}`);
    if (cards.some((card) => this.updates.get(card)?.some(inTime)) || this.forms.get(user)?.some(inTime)) return true;
    // The thread tells who did what, too.
    const read = this.mail.about(id).filter(({ ephemeralTo }) => ephemeralTo === undefined || ephemeralTo === user);
    return [...read, ...this.mail.whispers(user)].some(({ ts }) => inTime(Number(ts) * 1_000 + 1));
  }
}

function tookEffect({ answer, fault }: ApiCall): boolean {
  return answer.ok === true || (fault?.endsWith('after') === true && fault !== 'error after');
}

const endOf = ({ at, ms }: ApiCall): number => at + ms;

function add(to: Map<string, number[]>, key: string, at: number): void {
  to.set(key, [...(to.get(key) ?? []), at]);
}
