/** How a message gets to Slack: what is due for it, and what an attempt's answer means. Pure. */
import { backoffMs } from '../domain/backoff.ts';
import type { Moment } from '../domain/request.ts';
import type { MessageAt } from './inbox.ts';
import { again, arrived, change, noWayInMs, type Shown, shownAs, withoutBlocks } from './outgoing.ts';
import type { FindResult, Rendered, SendResult } from './ports/announcer.ts';
import {
  type About,
  cardAt,
  cardOf,
  type Delivery,
  isKeptUpToDate,
  type Outgoing,
  type RequestRecord,
} from './record.ts';
import { doubtCard, updateDue } from './updates.ts';

/** A send is over within 5 s; nobody repeats it before this and a margin. */
const SEND_CLAIM_MS = 10_000;
const SEND_MARGIN_MS = 1_000;
const LOOK_AGAIN_MS = 2_000;
/** A reply whose thread is closed is tried again once there may be another card. */
const NO_THREAD_MS = 10_000;
/** Transitions wait this long for each other, so that those close in time share a reply. */
const THREAD_GATHER_MS = 1_000;
/** An answer is good for a moment only; what Slack did not take by then is given up, and logged. */
const ANSWER_TRIES = 5;
/** At a quarter of an hour each, some two days: whatever kept it from being said then is not an outage any more. */
const MESSAGE_TRIES = 200;

export type DeliveryStep =
  | { readonly kind: 'send'; readonly key: string; readonly at: number; readonly outgoing: string }
  | {
      readonly kind: 'find';
      readonly key: string;
      readonly at: number;
      readonly outgoing: string;
      readonly since: number;
    }
  | {
      readonly kind: 'update';
      readonly key: string;
      readonly at: number;
      readonly outgoing: string;
      readonly from: string | undefined;
    }
  | { readonly kind: 'permalink'; readonly key: string; readonly at: number; readonly outgoing: string };

type Render = (outgoing: Outgoing, record: RequestRecord, plain: boolean) => Rendered;

/** As the message should look now: with its blocks, unless Slack refused them a moment ago. */
export function rendering(outgoing: Outgoing, record: RequestRecord, now: number, render: Render): Rendered {
  return render(outgoing, record, outgoing.plain !== undefined && now < outgoing.plain.until);
}

/** @param holder the run that asks: a claim of its own is in its hands, any other is looked after. */
export function deliverySteps(
  record: RequestRecord,
  moment: Moment,
  holder: string,
  render: Render,
): readonly DeliveryStep[] {
  return record.outgoing.flatMap((outgoing) => stepsOf(outgoing, record, moment, holder, render));
}

function stepsOf(
  outgoing: Outgoing,
  record: RequestRecord,
  moment: Moment,
  holder: string,
  render: Render,
): readonly DeliveryStep[] {
  const { key, delivery } = outgoing;
  switch (delivery.state) {
    case 'wanted':
      return mayGo(outgoing, record)
        ? [
            {
              kind: 'send',
              key: `send:${key}:${delivery.failures}:${delivery.notBefore}`,
              at: delivery.notBefore,
              outgoing: key,
            },
          ]
        : [];
    case 'claimed': {
      const lookAt = delivery.claim.holder === holder ? delivery.claim.until : delivery.lookAt;
      const at = moment.now + (lookAt - moment.wall);
      const since = delivery.claim.since;
      return [{ kind: 'find', key: `find:${key}:${delivery.lookAt}`, at, outgoing: key, since }];
    }
    case 'sent': {
      if (!isKeptUpToDate(outgoing.about)) return [];
      const rendered = rendering(outgoing, record, moment.now, render);
      const due = updateDue(outgoing, delivery, record, rendered, holder, moment.now);
      const steps: DeliveryStep[] = [];
      if (due !== undefined) {
        const name = `update:${key}:${delivery.hash ?? 'unclear'}${due.why}`;
        steps.push({ kind: 'update', key: name, at: due.at, outgoing: key, from: delivery.hash });
      }
      if (outgoing.about.kind === 'card' && delivery.permalink === undefined) {
        steps.push({ kind: 'permalink', key: 'permalink', at: moment.now, outgoing: key });
      }
      return steps;
    }
  }
}

/** What must be there first: a reply needs the card, and a line with a link needs the link. */
function mayGo({ about, to }: Outgoing, record: RequestRecord): boolean {
  const card = cardAt(record);
  if (to.kind === 'card-thread') return card !== undefined;
  const linked =
    about.kind === 'audit-line' || (about.kind === 'notice' && about.told.event.type !== 'card-not-findable');
  return !linked || cardOf(record) === undefined || card?.permalink !== undefined;
}

/**
 * Puts transitions that wait for the thread into one reply, once they are ripe and the last reply is through; or into one
 * that waits to be sent.
 */
export function gatherThread(record: RequestRecord, now: number): RequestRecord {
  const [oldest] = record.untold;
  if (oldest === undefined || cardAt(record) === undefined) return record;
  const waiting = record.outgoing.find(({ about, delivery }) => about.kind === 'thread' && delivery.state === 'wanted');
  if (waiting?.about.kind === 'thread') {
    const about: About = { kind: 'thread', told: [...waiting.about.told, ...record.untold] };
    return { ...change(record, waiting.key, (each) => ({ ...each, about })), untold: [] };
  }
  if (now < oldest.at + THREAD_GATHER_MS || record.outgoing.some(({ about }) => about.kind === 'thread')) return record;
  const messages = record.messages + 1;
  const reply: Outgoing = {
    key: `thread-${messages}`,
    about: { kind: 'thread', told: record.untold },
    to: { kind: 'card-thread' },
    delivery: { state: 'wanted', notBefore: now, failures: 0 },
  };
  return { ...record, messages, untold: [], outgoing: [...record.outgoing, reply] };
}

/** When the thread's next reply is ripe, if any transition waits for it. */
export function threadDue(record: RequestRecord): number | undefined {
  const [oldest] = record.untold;
  const busy = record.outgoing.some(({ about }) => about.kind === 'thread');
  return oldest === undefined || busy || cardAt(record) === undefined ? undefined : oldest.at + THREAD_GATHER_MS;
}

export function claimSend(record: RequestRecord, key: string, holder: string, { wall }: Moment): RequestRecord {
  return change(record, key, (outgoing) =>
    outgoing.delivery.state === 'wanted'
      ? {
          ...outgoing,
          delivery: {
            state: 'claimed',
            claim: { holder, since: wall, until: wall + SEND_CLAIM_MS },
            failures: outgoing.delivery.failures,
            lookAt: wall,
          },
        }
      : outgoing,
  );
}

export function foldSend(
  record: RequestRecord,
  key: string,
  holder: string,
  result: SendResult,
  rendered: Shown,
  moment: Moment,
): RequestRecord {
  const to = record.outgoing.find((each) => each.key === key)?.to;
  const known = to?.kind === 'card-thread' && result.kind === 'no-way-in' ? doubtCard(record, moment.now) : record;
  return change(known, key, (outgoing) => {
    if (outgoing.delivery.state !== 'claimed' || outgoing.delivery.claim.holder !== holder) return outgoing;
    const { failures } = outgoing.delivery;
    switch (result.kind) {
      case 'sent':
        return arrived(shownAs(outgoing, rendered), result, rendered, moment);
      case 'busy':
        return { ...outgoing, delivery: { state: 'wanted', notBefore: moment.now + result.afterMs, failures } };
      case 'later':
        return again(outgoing, failures, moment.now + Math.max(result.afterMs, backoffMs(failures, 0.5)));
      case 'no-way-in':
        return elsewhere(outgoing, record, failures, moment);
      case 'bad-blocks':
        return rendered.plain
          ? again(outgoing, failures, moment.now + noWayInMs(outgoing.delivery))
          : { ...again(outgoing, failures, moment.now), plain: withoutBlocks(outgoing, moment) };
      case 'unclear':
        // What can't be looked up is said once more rather than not at all.
        if (outgoing.to.kind === 'ephemeral') return again(outgoing, failures, moment.now + backoffMs(failures, 0.5));
        return {
          ...outgoing,
          delivery: { ...outgoing.delivery, claim: released(outgoing.delivery.claim), lookAt: moment.wall },
        };
    }
  });
}

/** The claim's window stands, but its holder has nothing in hand any more: anyone may look from now on. */
function released(claim: Extract<Delivery, { state: 'claimed' }>['claim']) {
  return { ...claim, holder: '' };
}

export function foldFind(record: RequestRecord, key: string, result: FindResult, moment: Moment): RequestRecord {
  return change(record, key, (outgoing) => {
    if (outgoing.delivery.state !== 'claimed') return outgoing;
    const { claim, failures } = outgoing.delivery;
    switch (result.kind) {
      case 'found':
        return arrived(outgoing, result, undefined, moment);
      case 'absent':
        return moment.wall >= claim.until + SEND_MARGIN_MS
          ? again(outgoing, failures, moment.now)
          : { ...outgoing, delivery: { ...outgoing.delivery, lookAt: moment.wall + LOOK_AGAIN_MS } };
      case 'unreadable': {
        // An ephemeral message can't be looked up; once its window is over it is said again.
        if (outgoing.to.kind === 'ephemeral' && moment.wall >= claim.until)
          return again(outgoing, failures, moment.now);
        const pause = LOOK_AGAIN_MS + backoffMs(failures, 0.5);
        // Until the window is over it may be on its way.
        const asked = result.forbidden === true && moment.wall >= claim.until + SEND_MARGIN_MS;
        return {
          ...outgoing,
          delivery: {
            ...outgoing.delivery,
            failures: failures + 1,
            lookAt: moment.wall + pause,
            ...(asked ? { asked } : {}),
          },
        };
      }
    }
  });
}

/** Whether somebody has to be asked if the card is there: it may have been posted, and the bot may not look. */
export function isAskedAbout(record: RequestRecord | undefined): boolean {
  const delivery = record === undefined ? undefined : cardOf(record)?.delivery;
  return delivery?.state === 'claimed' && delivery.asked === true;
}

/** A person has looked for the card, and there is none. */
export function wantCardAnew(record: RequestRecord, now: number): RequestRecord {
  const card = cardOf(record);
  return card?.delivery.state === 'claimed'
    ? change(record, card.key, (each) => ({ ...each, delivery: { state: 'wanted', notBefore: now, failures: 0 } }))
    : record;
}

/** A click on a card proves where it is, also before its sender could say so; a click on a copy proves nothing of it. */
export function adoptCard(record: RequestRecord, at: MessageAt, moment: Moment): RequestRecord {
  const card = cardOf(record);
  // Also when a look had missed it and it is wanted anew: otherwise there would be two.
  const isElsewhere = card?.to.kind === 'channel' && card.to.channel !== at.channel;
  return card === undefined || card.delivery.state === 'sent' || isElsewhere
    ? record
    : change(record, card.key, (each) => arrived(each, at, undefined, moment));
}

/** Messages that were given up, for the log; the ones kept are those still to be delivered or kept up to date. */
export function sweep(record: RequestRecord): { readonly record: RequestRecord; readonly lost: readonly Outgoing[] } {
  const lost: Outgoing[] = [];
  const outgoing = record.outgoing.filter((each) => {
    const { about, delivery } = each;
    if (delivery.state === 'wanted' && isOverdue(about, record)) return false;
    if (isKeptUpToDate(about)) return true;
    if (delivery.state === 'sent') return false;
    if (about.kind === 'receipt' && delivery.state === 'wanted' && (cardAt(record)?.shows ?? 0) >= about.seq)
      return false;
    const tries = about.kind === 'answer' || about.kind === 'receipt' ? ANSWER_TRIES : MESSAGE_TRIES;
    if (delivery.failures >= tries) {
      lost.push(each);
      return false;
    }
    return true;
  });
  return outgoing.length === record.outgoing.length ? { record, lost } : { record: { ...record, outgoing }, lost };
}

/** What calls somebody to act is not said any more once there is nothing to decide. */
function isOverdue(about: About, { request }: RequestRecord): boolean {
  if (request.status === 'pending' || request.status === 'checking') return false;
  if (about.kind === 'copy') return true;
  return about.kind === 'notice' && (about.told.event.type === 'reminded' || about.told.event.type === 'escalated');
}

/** Where a message goes when its conversation is closed to the bot. */
function elsewhere(outgoing: Outgoing, record: RequestRecord, failures: number, moment: Moment): Outgoing {
  const { about, to } = outgoing;
  const person = to.kind === 'ephemeral' ? to.user : record.request.requester;
  if (to.kind === 'ephemeral' || (about.kind === 'result' && to.kind === 'channel')) {
    return { ...again(outgoing, failures, moment.now), to: { kind: 'person', user: person } };
  }
  const pauseMs = noWayInMs({ failures }, to.kind === 'card-thread' ? NO_THREAD_MS : undefined);
  return again(outgoing, failures, moment.now + pauseMs);
}
