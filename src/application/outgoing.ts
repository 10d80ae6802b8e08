/** The steps that a message of a record takes, one by one: what its delivery becomes. Pure. */
import { backoffMs } from '../domain/backoff.ts';
import type { Moment } from '../domain/request.ts';
import type { MessageAt } from './inbox.ts';
import type { Rendered } from './ports/announcer.ts';
import type { Outgoing, Plain, RequestRecord } from './record.ts';

/** A conversation that can't be written to is tried again this much later, at first; so is what Slack refuses as it is. */
const NO_WAY_IN_MS = 60_000;
/** Blocks that Slack refused are tried again after this, then after twice as long, and so on. */
const BLOCKS_AGAIN_MS = 30_000;
const BLOCKS_AGAIN_AT_MOST_MS = 15 * 60_000;

/** What was rendered, and how much of the audit chain it shows. */
export type Shown = Pick<Rendered, 'hash' | 'plain'> & { readonly shows: number };

export function change(record: RequestRecord, key: string, by: (outgoing: Outgoing) => Outgoing): RequestRecord {
  return { ...record, outgoing: record.outgoing.map((each) => (each.key === key ? by(each) : each)) };
}

/** Most of them are opened again soon or never, and one that was archived holds the cards of years. */
export function noWayInMs({ failures }: { readonly failures: number }, leastMs = NO_WAY_IN_MS): number {
  return Math.max(leastMs, backoffMs(failures, 0.5));
}

export function arrived(
  outgoing: Outgoing,
  { channel, ts }: MessageAt,
  shown: Shown | undefined,
  { now }: Moment,
): Outgoing {
  const known = shown === undefined ? {} : { hash: shown.hash, shows: shown.shows };
  const delivery = {
    state: 'sent',
    channel,
    ts,
    ...known,
    notBefore: 0,
    failures: 0,
    sureAt: now,
  } as const;
  return { ...outgoing, delivery };
}

export function again(outgoing: Outgoing, failures: number, notBefore: number): Outgoing {
  return { ...outgoing, delivery: { state: 'wanted', notBefore, failures: failures + 1 } };
}

/** Blocks that Slack takes again are kept from then on. */
export function shownAs(outgoing: Outgoing, { plain }: Pick<Rendered, 'plain'>): Outgoing {
  if (plain) return outgoing;
  const { plain: _plain, ...rest } = outgoing;
  return rest;
}

export function withoutBlocks({ plain }: Outgoing, { now }: Moment): Plain {
  const times = (plain?.times ?? 0) + 1;
  return { until: now + Math.min(BLOCKS_AGAIN_MS * 2 ** (times - 1), BLOCKS_AGAIN_AT_MOST_MS), times };
}
