/** The judge: what went wrong, from the stand-ins' own books and, where the bot keeps one, from its audit. It asks nobody. */
import type { LocalEndpoint } from '../../sandbox/alibaba-cloud/state.ts';
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import type { Ground } from './ground.ts';
import { brokenChains } from './history.ts';
import { isCard, isEnded, type Mail } from './mail.ts';
import { clicksOf, requestOf, silentClicks } from './silent-clicks.ts';
import { ENTITLED, type Ledger, type Life, type Verdict } from './types.ts';

const NOT_STORED = /may not have been stored|可能/;
const NOT_STORED_WITHIN_MS = 30_000;
const DECIDING: readonly string[] = ['approve', 'reject', 'cancel', 'edit'];

export interface Evidence {
  readonly lives: readonly Life[];
  readonly ground: Ground;
  readonly mail: Mail;
  readonly ledger: Ledger | undefined;
  /** What was still to be done or said when patience was over. */
  readonly open: readonly string[];
}

export function judge(evidence: Evidence): Verdict {
  const { lives, ground, mail, ledger, open } = evidence;
  const books = new Books(evidence);
  return {
    'double creates': lives.flatMap((life) => doubleCreates(life, books)),
    'lost approvals': lives.flatMap((life) => lostApprovals(life, books)),
    'approvals without right': lives.flatMap((life) => withoutRight(life, books)),
    'stale cards': lives.flatMap((life) => staleCards(life, books)),
    'double messages': lives.flatMap(({ ids }) => ids.flatMap((id) => doubleMessages(mail.about(id)))),
    'silent clicks': silentClicks(ground.slack, mail, ledger),
    'broken chains': ledger === undefined ? undefined : brokenChains(ledger, (id) => mail.about(id)),
    'unfinished requests': unfinished(lives, open),
  };
}

interface Yes {
  readonly user: string;
  readonly at: number;
  /** What was clicked; a rival without revisions names none. */
  readonly revision: string | undefined;
  readonly acknowledged: boolean;
}

/** The logs, sorted by request once. */
class Books {
  readonly mail: Mail;
  readonly ledger: Ledger | undefined;
  private readonly endpoints = new Map<string, LocalEndpoint[]>();
  private readonly approvals = new Map<string, Yes[]>();
  /** By endpoint: the ClientToken of the call that made it. */
  private readonly made = new Map<string, string>();

  constructor({ ground: { slack, cloud }, mail, ledger, lives }: Evidence) {
    this.mail = mail;
    this.ledger = ledger;
    const foreign = new Set(lives.flatMap((life) => life.foreign));
    for (const each of cloud.state.endpoints) {
      if (!foreign.has(each.endpointId)) push(this.endpoints, each.serviceId, each);
    }
    for (const { made, clientToken = '' } of cloud.calls) if (made !== undefined) this.made.set(made, clientToken);
    for (const click of clicksOf(slack)) {
      if (click.what !== 'approve') continue;
      push(this.approvals, requestOf(click), {
        user: click.user ?? '',
        at: click.at,
        revision: /:(\d+)$/.exec(click.value ?? '')?.[1],
        acknowledged: click.problem === undefined,
      });
    }
  }

  /** Those that a create of ours made, by the cloud's own count. */
  endpointsOf({ service }: Life): readonly LocalEndpoint[] {
    return (this.endpoints.get(service) ?? []).filter(({ endpointId }) => this.made.has(endpointId));
  }

  /** The clicks of those who may, acknowledged or not: also one whose ack came too late is a yes. */
  approvalsOf({ ids, plan }: Life): readonly Yes[] {
    return ids
      .flatMap((id) => this.approvals.get(id) ?? [])
      .filter(({ user }) => ENTITLED.includes(user) && user !== plan.requester);
  }

  /** Of what revision the create was that made it. */
  revisionOf({ endpointId }: LocalEndpoint): string | undefined {
    return /-r(\d+)-/.exec(this.made.get(endpointId) ?? '')?.[1];
  }

  cardsOf({ ids }: Life): readonly Message[] {
    return ids.flatMap((id) => this.mail.cards(id)).filter((card) => isCard(card));
  }

  /** Every yes that was acknowledged, whoever gave it. */
  acknowledged(id: string): readonly Yes[] {
    return (this.approvals.get(id) ?? []).filter(({ acknowledged }) => acknowledged);
  }

  /** That a click may not have been stored, and to look again. */
  wasToldOtherwise(user: string, at: number): boolean {
    return this.mail
      .whispers(user)
      .some(({ ts, text }) => NOT_STORED.test(text) && Math.abs(Number(ts) * 1_000 - at) < NOT_STORED_WITHIN_MS);
  }
}

function doubleCreates(life: Life, books: Books): readonly string[] {
  const made = books.endpointsOf(life);
  if (made.length < 2) return [];
  return [`${life.ids}: ${made.map(({ endpointId }) => endpointId).join(' and ')} (${life.plan.cloud})`];
}

/** Somebody who may said yes, and it came to nothing without a word. */
function lostApprovals(life: Life, books: Books): readonly string[] {
  const lost = approvalsUnwritten(life, books);
  const given = books.approvalsOf(life).filter(({ acknowledged }) => acknowledged);
  if (given.length === 0 || books.endpointsOf(life).length > 0) return lost;
  const said = books.cardsOf(life).map(textOf).join('\n');
  const ended = /\*(Failed|Rejected|Cancelled|Refused|Created|Expired)\*/.test(said);
  return ended ? lost : [...lost, `${life.ids}: approved, no endpoint, and the card does not say why`];
}

/** Every acknowledged yes is in the audit, as an approval or as one that was refused; or the person was told otherwise. */
function approvalsUnwritten({ ids }: Life, books: Books): readonly string[] {
  const { ledger } = books;
  if (ledger === undefined) return [];
  return ids.flatMap((id) => {
    const entries = ledger.audits.get(id) ?? [];
    return books.acknowledged(id).flatMap(({ user, at }) => {
      const written = entries.some(
        ({ event }) =>
          (event.type === 'approval-given' && event.approval.by === user) ||
          (event.type === 'attempt-refused' && event.by === user),
      );
      return written || books.wasToldOtherwise(user, at)
        ? []
        : [`${id}: ${user}’s yes was acknowledged, and is not in the audit`];
    });
  });
}

/** Each endpoint takes a yes to its own revision: an edit voids those to the one before. */
function withoutRight(life: Life, books: Books): readonly string[] {
  return books.endpointsOf(life).flatMap((endpoint) => {
    const revision = books.revisionOf(endpoint);
    const entitled = books
      .approvalsOf(life)
      .some((yes) => yes.revision === undefined || revision === undefined || yes.revision === revision);
    return entitled ? [] : [`${life.ids}: ${endpoint.endpointId}, and nobody who may has approved it`];
  });
}

function staleCards(life: Life, books: Books): readonly string[] {
  const [endpoint] = books.endpointsOf(life);
  return books.cardsOf(life).flatMap((card) => {
    const text = textOf(card);
    const says = text.split('\n')[1]?.slice(0, 80);
    const left = buttonsOf(card).filter((button) => DECIDING.includes(button));
    if (endpoint !== undefined && !(text.includes(endpoint.endpointId) && text.includes('*Created*'))) {
      return [`${life.ids}: ${endpoint.endpointId} is there, and the card says: ${says}`];
    }
    if (endpoint === undefined && text.includes('*Created*'))
      return [`${life.ids}: no endpoint, and a card that says so`];
    if (isEnded(card) && text.includes('*Refused')) return [];
    return left.length > 0 ? [`${life.ids}: decided, and the card still has ${left.join(', ')}: ${says}`] : [];
  });
}

/** Messages that one person alone sees are said again when it is unclear whether they were shown; others never. */
function doubleMessages(messages: readonly Message[]): readonly string[] {
  const seen = new Set<string>();
  return messages.flatMap(({ metadata, ephemeralTo }) => {
    if (ephemeralTo !== undefined || metadata === undefined) return [];
    const { request_id: id, message } = metadata.event_payload;
    const key = String(message);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [`${id}: ${key} twice`];
  });
}

function unfinished(lives: readonly Life[], open: readonly string[]): readonly string[] {
  return [...lives.flatMap(({ ids, trouble }) => (trouble === undefined ? [] : [`${ids}: ${trouble}`])), ...open];
}

function push<T>(into: Map<string, T[]>, key: string, value: T): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [value]);
  else known.push(value);
}
