/** What follows from a look at a made endpoint's connection, from an acceptance, and from time. */
import { backoffMs } from './backoff.ts';
import type { CloudProblem } from './cloud.ts';
import { judgeProblem } from './cloud-errors.ts';
import type { Outcome, SeenConnection } from './commands.ts';
import { readStatus } from './connection.ts';
import { type Context, LADDER } from './decision.ts';
import type { RequestEvent } from './events.ts';
import type { Request, Succeeded } from './request.ts';

type Of<K extends Outcome['kind']> = Extract<Outcome, { kind: K }>;
type Events = readonly RequestEvent[];

const MINUTE = 60_000;
/** Whoever waited this long for a connection is told when it is up. */
const AWAITED_AFTER_MS = 2 * MINUTE;
/** From here on it takes longer than it should, and is told. */
const DOWN_AFTER_MS = 10 * MINUTE;
/** While the service does not say whether it accepts by itself, it is given this long to. */
const DOUBT_MS = MINUTE;
const WATCH_FOR_MS = 7 * 24 * 60 * MINUTE;
const ACCEPT_TRIES = 12;
/** An acceptance that shows no effect by then was lost: it is ordered anew, but not for ever. */
const LOST_AFTER_MS = 2 * MINUTE;
const ORDERS = 4;
/** Between two attempts while another request of the account has its turn. */
const TURN_PAUSE_MS = 2_000;
const NO_ANSWER: CloudProblem = { kind: 'unclear', code: 'NoAnswer' };

export function connectionSeen(state: Request, outcome: Of<'connection-seen'>, context: Context): Events {
  if (state.status !== 'succeeded') return [];
  const { connection } = state;
  if (connection.nextLookAt === undefined || connection.looks !== outcome.looks) return [];
  const { now } = context.moment;
  if (now - state.at >= WATCH_FOR_MS) return [{ type: 'connection-unwatched' }];
  if (outcome.seen === undefined) return [looked(state, connection.status, context)];

  const { domain } = outcome.seen;
  const named: Events =
    state.endpoint.domain === '' && domain !== undefined && domain !== '' ? [{ type: 'domain-known', domain }] : [];
  return [...named, ...judged(state, outcome.seen, context)];
}

function judged(state: Succeeded, { status, autoAccept, domain }: SeenConnection, context: Context): Events {
  const { phase, acceptance, since, told, orders } = state.connection;
  const took = context.moment.now - since;
  const reading = readStatus(status);
  if (reading === 'connected') return [{ type: 'connected', awaited: told || took >= AWAITED_AFTER_MS }];
  if (reading === 'ended') return [{ type: 'connection-ended', ...shown(status) }];

  const accepted = acceptance?.state === 'accepted' && (took < LOST_AFTER_MS || orders >= ORDERS);
  const doubt = autoAccept === undefined && phase !== 'unaccepted' && took < DOUBT_MS;
  // Where the cloud shows no status, a service that accepts nothing by itself is all there is to go by.
  const isUnseen = status === undefined && domain !== undefined && autoAccept === false && acceptance === undefined;
  if (isUnseen || (reading === 'waiting' && autoAccept !== true && !accepted && !doubt)) {
    const ordered: Events =
      context.acceptConnections && (acceptance === undefined || acceptance.state === 'accepted')
        ? [{ type: 'acceptance-ordered' }]
        : [];
    return phase === 'unaccepted'
      ? [looked(state, status, context), ...ordered]
      : [
          {
            type: 'connection-unaccepted',
            ...shown(status),
            byBot: context.acceptConnections,
            nextLookAt: nextLookAt(state, context),
          },
          ...ordered,
        ];
  }
  // What is listed without any status may well be up.
  const isKnown = status !== undefined || domain === undefined;
  if (phase === 'connecting' && isKnown && took >= DOWN_AFTER_MS) {
    return [{ type: 'connection-down', ...shown(status), nextLookAt: nextLookAt(state, context) }];
  }
  return [looked(state, status, context)];
}

export function acceptanceAnswered(state: Request, outcome: Of<'acceptance-answered'>, context: Context): Events {
  if (state.status !== 'succeeded') return [];
  const { acceptance } = state.connection;
  if (acceptance?.state !== 'claimed' || acceptance.tries !== outcome.tries) return [];
  const { now } = context.moment;
  const { answer } = outcome;
  if (answer === 'not-our-turn') {
    return [{ type: 'acceptance-postponed', retryAt: now + TURN_PAUSE_MS, lookFirst: false }];
  }
  if (answer.ok) {
    return [
      { type: 'connection-accepted', ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }) },
    ];
  }
  const { problem } = answer;
  const judgement = judgeProblem(problem);
  if (acceptance.tries >= ACCEPT_TRIES || (judgement.applied === 'no' && judgement.again === 'never')) {
    return [{ type: 'acceptance-refused', problem }];
  }
  const least = judgement.applied === 'no' && judgement.again === 'later' ? judgement.minDelayMs : 0;
  const wait = Math.max(least, problem.retryAfterMs ?? 0, backoffMs(acceptance.tries, context.jitter));
  // Whatever was wrong, somebody else may have accepted it meanwhile.
  return [{ type: 'acceptance-postponed', retryAt: now + wait, lookFirst: true, problem }];
}

/** Claims an acceptance that is due, and lets one go whose holder is gone. */
export function connectionTick(state: Succeeded, { moment, holder }: Context): Events {
  const { acceptance, looks, phase } = state.connection;
  const { now, wall } = moment;
  switch (acceptance?.state) {
    case 'wanted':
      return phase === 'unaccepted' && now >= acceptance.notBefore && looks >= acceptance.afterLooks
        ? [{ type: 'acceptance-claimed', claim: { holder, since: wall, until: wall + LADDER.claimMs } }]
        : [];
    case 'claimed':
      return wall >= acceptance.claim.until + LADDER.marginMs
        ? [{ type: 'acceptance-postponed', retryAt: now, lookFirst: true, problem: NO_ANSWER }]
        : [];
    case 'accepted':
    case 'refused':
    case undefined:
      return [];
  }
}

function looked(state: Succeeded, status: string | undefined, context: Context): RequestEvent {
  return { type: 'connection-looked', ...shown(status), nextLookAt: nextLookAt(state, context) };
}

/** Often at first, when it is a matter of seconds; then ever more seldom. */
function nextLookAt({ at, connection }: Succeeded, { moment: { now }, jitter }: Context): number {
  const age = now - at;
  const atMost = age < DOWN_AFTER_MS ? MINUTE / 2 : age < 24 * 60 * MINUTE ? 5 * MINUTE : 30 * MINUTE;
  return now + backoffMs(connection.looks, jitter, 2_000, atMost);
}

function shown(status: string | undefined): { readonly status?: string } {
  return status === undefined ? {} : { status };
}
