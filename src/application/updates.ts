/** How a message that is there is kept up to date: an update's claim, and what its answer means. Pure. */
import { backoffMs } from '../domain/backoff.ts';
import type { Moment } from '../domain/request.ts';
import { again, change, NO_WAY_IN_MS, type Shown, shownAs, withoutBlocks } from './outgoing.ts';
import type { SendResult } from './ports/announcer.ts';
import type { Delivery, Outgoing, RequestRecord } from './record.ts';

/** An update that nobody answered may be on its way for so long; then the message is made sure of once more. */
const STRAY_MS = 60_000;

type Sent = Extract<Delivery, { state: 'sent' }>;

/** Until when an update may land that nobody will hear of any more. */
export function strayed({ strayUntil, updating }: Sent): number | undefined {
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
      case 'updated':
        // Somebody else updated it meanwhile: ours may have landed after theirs.
        return {
          ...shownAs(outgoing, rendered),
          delivery: {
            ...(strayUntil !== undefined && moment.now >= strayUntil ? settled : rest),
            ...(delivery.hash === from ? { hash: rendered.hash, shows: rendered.shows, failures: 0 } : {}),
          },
        };
      case 'busy':
        return { ...outgoing, delivery: { ...(own ? landed : delivery), notBefore: moment.now + result.afterMs } };
      case 'gone':
        // A person deleted it. While it is still to be decided it is posted anew; later nothing is owed.
        return record.request.status === 'pending' || record.request.status === 'checking'
          ? again(outgoing, 0, moment.now)
          : { ...outgoing, delivery: { ...settled, hash: rendered.hash, shows: rendered.shows } };
      case 'later':
        return later(Math.max(result.afterMs, backoffMs(delivery.failures, 0.5)));
      case 'unclear':
        return later(backoffMs(delivery.failures, 0.5), { strayUntil: moment.now + STRAY_MS });
      case 'no-way-in':
        return later(NO_WAY_IN_MS);
      case 'bad-blocks':
        return rendered.plain ? later(NO_WAY_IN_MS) : { ...later(0), plain: withoutBlocks(outgoing, moment) };
    }
  });
}

export function foldPermalink(record: RequestRecord, key: string, permalink: string): RequestRecord {
  return change(record, key, (outgoing) =>
    outgoing.delivery.state === 'sent' ? { ...outgoing, delivery: { ...outgoing.delivery, permalink } } : outgoing,
  );
}
