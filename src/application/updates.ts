/** How a message that is there is kept up to date: an update's claim, and what its answer means. Pure. */
import { backoffMs } from '../domain/backoff.ts';
import { unreviewed } from '../domain/policy/callees.ts';
import type { Moment, Request } from '../domain/request.ts';
import { again, change, noWayInMs, type Shown, shownAs, withoutBlocks } from './outgoing.ts';
import type { Rendered, SendResult } from './ports/announcer.ts';
import { cardOf, type Delivery, type Outgoing, type RequestRecord } from './record.ts';

/** What happens within this shares an update. */
const TOGETHER_MS = 100;
/** However quickly one follows the other, a message lags behind by no more than so many entries of the audit trail. */
const MOST_TOGETHER = 20;
/** An update that nobody answered may be on its way for so long; then the message is made sure of once more. */
const STRAY_MS = 60_000;
/** Slack tells no bot that its message was deleted: one that people need is made sure of this often. */
const CHECK_MS = 60 * 60_000;
/** The same where there is doubt; in an outage many are refused, again and again, and this must not add to it. */
const DOUBT_MS = 5_000;

type Sent = Extract<Delivery, { state: 'sent' }>;

/** The update that a message is to get next, if any, with its reason, which tells it from another of the same look. */
export function updateDue(
  { about, plain }: Outgoing,
  delivery: Sent,
  { request, audit }: RequestRecord,
  rendered: Rendered,
  holder: string,
  now: number,
): { readonly why: string; readonly at: number } | undefined {
  if (rendered.hash !== delivery.hash) {
    return { why: '', at: Math.max(delivery.notBefore, inCompany(audit, delivery, now)) };
  }
  const strayUntil = delivery.updating?.holder === holder ? delivery.strayUntil : strayed(delivery);
  const { sureAt, doubtedAt, notBefore } = delivery;
  const checkAt = sureAt + (doubtedAt === undefined ? CHECK_MS : DOUBT_MS);
  // One at a time: each of them does what the others are for, too.
  const due = [
    ...(rendered.plain && plain !== undefined ? [{ why: `:${plain.times}`, at: plain.until }] : []),
    ...(strayUntil === undefined ? [] : [{ why: `:stray:${strayUntil}`, at: strayUntil }]),
    ...(about.kind === 'card' && isNeeded(request)
      ? [{ why: `:check:${sureAt}`, at: Math.max(checkAt, notBefore) }]
      : []),
  ];
  return due.sort((one, other) => one.at - other.at)[0];
}

/** When what happened last may be shown: soon, as more may follow from it. */
function inCompany({ at, count }: RequestRecord['audit'], { shows = 0 }: Sent, now: number): number {
  // After a failover the time may be behind what it was.
  const waits = at !== undefined && at <= now && count - shows < MOST_TOGETHER;
  return waits ? at + TOGETHER_MS : 0;
}

/** Until when an update may land that nobody will hear of any more. */
function strayed({ strayUntil, updating }: Sent): number | undefined {
  const all = [strayUntil, updating?.until].filter((each) => each !== undefined);
  return all.length === 0 ? undefined : Math.max(...all);
}

/** Written before an update starts: should its process die, the next one knows that it may still land. */
export function claimUpdate(record: RequestRecord, key: string, holder: string, { now }: Moment): RequestRecord {
  return change(record, key, (outgoing) => {
    const { delivery } = outgoing;
    if (delivery.state !== 'sent') return outgoing;
    const { updating, ...rest } = delivery;
    const strayUntil = updating === undefined || updating.holder === holder ? delivery.strayUntil : strayed(delivery);
    return {
      ...outgoing,
      delivery: {
        ...rest,
        ...(strayUntil === undefined ? {} : { strayUntil }),
        updating: { holder, until: now + STRAY_MS },
      },
    };
  });
}

export function foldUpdate(
  record: RequestRecord,
  key: string,
  holder: string,
  from: string | undefined,
  rendered: Shown,
  result: { readonly kind: 'updated' | 'gone' } | Exclude<SendResult, { kind: 'sent' }>,
  moment: Moment,
): RequestRecord {
  return change(record, key, (outgoing) => {
    const { delivery } = outgoing;
    if (delivery.state !== 'sent') return outgoing;
    const { updating, ...landed } = delivery;
    const own = updating === undefined || updating.holder === holder;
    const { hash: _hash, shows: _shows, ...rest } = own ? landed : delivery;
    const { strayUntil, ...settled } = rest;
    const later = (afterMs: number, over: { readonly strayUntil?: number } = {}): Outgoing => ({
      ...outgoing,
      delivery: { ...rest, ...over, failures: delivery.failures + 1, notBefore: moment.now + afterMs },
    });
    switch (result.kind) {
      case 'updated': {
        const { doubtedAt, ...there } = strayUntil !== undefined && moment.now >= strayUntil ? settled : rest;
        // It was there when this began; whoever came to doubt it since is not answered by that.
        const sureAt = own && updating !== undefined ? updating.until - STRAY_MS : moment.now;
        // Somebody else updated it meanwhile: ours may have landed after theirs.
        return {
          ...shownAs(outgoing, rendered),
          delivery: {
            ...there,
            ...(delivery.hash === from ? { hash: rendered.hash, shows: rendered.shows, failures: 0 } : {}),
            sureAt,
            ...(doubtedAt !== undefined && doubtedAt >= sureAt ? { doubtedAt } : {}),
          },
        };
      }
      case 'busy':
        return { ...outgoing, delivery: { ...(own ? landed : delivery), notBefore: moment.now + result.afterMs } };
      case 'gone':
        // A person deleted it. While something is to be decided on it, it is posted anew; otherwise nothing is owed.
        return isNeeded(record.request)
          ? again(outgoing, 0, moment.now)
          : { ...outgoing, delivery: { ...settled, hash: rendered.hash, shows: rendered.shows } };
      case 'later':
        return later(Math.max(result.afterMs, backoffMs(delivery.failures, 0.5)));
      case 'unclear':
        return later(backoffMs(delivery.failures, 0.5), { strayUntil: moment.now + STRAY_MS });
      case 'no-way-in':
        return later(noWayInMs(delivery));
      case 'bad-blocks':
        return rendered.plain ? later(noWayInMs(delivery)) : { ...later(0), plain: withoutBlocks(outgoing, moment) };
    }
  });
}

/** Whether somebody has to decide on the card, or is about to: else the request does not go on, or a review stays owed. */
function isNeeded(request: Request): boolean {
  const { status } = request;
  const isUndecided = status === 'checking' || status === 'pending' || status === 'needs-attention';
  return isUndecided || unreviewed(request) !== undefined;
}

/** For when a refusal sends somebody back to the card, or its thread can't be written to: there has to be one. */
export function doubtCard(record: RequestRecord, now: number): RequestRecord {
  const card = cardOf(record);
  if (card?.delivery.state !== 'sent') return record;
  return change(record, card.key, (each) =>
    each.delivery.state === 'sent' ? { ...each, delivery: { ...each.delivery, doubtedAt: now } } : each,
  );
}

export function foldPermalink(record: RequestRecord, key: string, permalink: string): RequestRecord {
  return change(record, key, (outgoing) =>
    outgoing.delivery.state === 'sent' ? { ...outgoing, delivery: { ...outgoing.delivery, permalink } } : outgoing,
  );
}
