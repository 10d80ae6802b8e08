/** The gallery's events of a made endpoint's connection. */
import type { RequestEvent } from '../../src/domain/events.ts';
import type { ConnectionEvent } from '../../src/domain/evolve-connection.ts';
import type { Request } from '../../src/domain/request.ts';
import { by, claim, connection, succeeded } from './builders.ts';
import type { Member, Named } from './named.ts';
import type { Pen } from './pen.ts';
import { problem } from './problems.ts';

/** A request before it, absent for the first one, and what happens to it. */
export type Happens<T extends RequestEvent['type']> = readonly [
  before: Request | undefined,
  event: Member<RequestEvent, 'type', T>,
];

export const CONNECTION_EVENTS: { readonly [T in ConnectionEvent['type']]: (pen: Pen) => Named<Happens<T>> } = {
  'connection-looked': (pen) => ({
    '': [succeeded(pen), { type: 'connection-looked', status: pen.word('Connecting'), nextLookAt: pen.at }],
  }),
  'connection-unaccepted': (pen) => {
    const base = { type: 'connection-unaccepted', status: pen.word('Disconnected'), nextLookAt: pen.at } as const;
    return {
      '': [succeeded(pen), { ...base, byBot: false }],
      'by the bot': [succeeded(pen), { ...base, byBot: true }],
    };
  },
  'acceptance-ordered': (pen) => ({
    '': [unaccepted(pen), { type: 'acceptance-ordered' }],
    'by a person': [unaccepted(pen), { type: 'acceptance-ordered', by: by(pen) }],
  }),
  'acceptance-claimed': (pen) => ({ '': [wanted(pen), { type: 'acceptance-claimed', claim: claim(pen) }] }),
  'acceptance-postponed': (pen) => {
    const base = { type: 'acceptance-postponed', retryAt: pen.at } as const;
    return {
      '': [accepting(pen), { ...base, lookFirst: true, problem: problem('service-busy', pen) }],
      'not its turn': [accepting(pen), { ...base, lookFirst: false }],
    };
  },
  'connection-accepted': (pen) => ({
    '': [accepting(pen), { type: 'connection-accepted', requestId: pen.requestId }],
  }),
  'acceptance-refused': (pen) => ({
    denied: [accepting(pen), { type: 'acceptance-refused', problem: problem('access-denied', pen) }],
    'after many tries': [accepting(pen), { type: 'acceptance-refused', problem: problem('service-busy', pen) }],
  }),
  connected: (pen) => ({
    '': [succeeded(pen), { type: 'connected', awaited: false }],
    awaited: [succeeded(pen), { type: 'connected', awaited: true }],
  }),
  'connection-down': (pen) => ({
    '': [succeeded(pen), { type: 'connection-down', status: pen.word('Disconnected'), nextLookAt: pen.at }],
  }),
  'connection-ended': (pen) => ({
    '': [succeeded(pen), { type: 'connection-ended', status: pen.word('ServiceDeleted') }],
  }),
  'connection-unwatched': (pen) => ({ '': [succeeded(pen), { type: 'connection-unwatched' }] }),
  'domain-known': (pen) => ({
    '': [
      succeeded(pen, { endpoint: { id: pen.endpoint(1), domain: '' } }),
      { type: 'domain-known', domain: pen.domain(1) },
    ],
  }),
};

const unaccepted = (pen: Pen) => succeeded(pen, { connection: connection(pen, { phase: 'unaccepted' }) });
const wanted = (pen: Pen) => {
  const acceptance = { state: 'wanted', tries: 0, notBefore: pen.at, afterLooks: 0 } as const;
  return succeeded(pen, { connection: connection(pen, { phase: 'unaccepted', acceptance, orders: 1 }) });
};
const accepting = (pen: Pen) => {
  const acceptance = { state: 'claimed', tries: 1, claim: claim(pen) } as const;
  return succeeded(pen, { connection: connection(pen, { phase: 'unaccepted', acceptance, orders: 1 }) });
};
