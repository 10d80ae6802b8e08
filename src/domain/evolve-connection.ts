/** Folds what happened to a made endpoint's connection into its request. */
import { type Acceptance, type ConnectionState, readStatus } from './connection.ts';
import type { RequestEvent } from './events.ts';
import type { Moment, Succeeded } from './request.ts';

const TYPES = [
  'connection-looked',
  'connection-unaccepted',
  'acceptance-ordered',
  'acceptance-claimed',
  'acceptance-postponed',
  'connection-accepted',
  'acceptance-refused',
  'connected',
  'connection-down',
  'connection-ended',
  'connection-unwatched',
  'domain-known',
] as const satisfies readonly RequestEvent['type'][];

export type ConnectionEvent = Extract<RequestEvent, { type: (typeof TYPES)[number] }>;

export function isConnectionEvent(event: RequestEvent): event is ConnectionEvent {
  return (TYPES as readonly string[]).includes(event.type);
}

export function evolveConnection(state: Succeeded, event: ConnectionEvent, { now }: Moment): Succeeded {
  const { connection } = state;
  const become = (change: Partial<ConnectionState>): Succeeded => ({
    ...state,
    connection: { ...connection, ...change },
  });
  /** Not looked at any more. */
  const rest = (change: Partial<ConnectionState>): Succeeded => {
    const { nextLookAt: _nextLookAt, ...before } = connection;
    return { ...state, connection: { ...before, ...change } };
  };
  const looks = connection.looks + 1;

  switch (event.type) {
    case 'connection-looked': {
      const { status: _status, ...before } = connection;
      // Whoever accepted it, it is on its way now.
      const isMoving = event.status !== undefined && readStatus(event.status) === 'under-way';
      const moved = isMoving && connection.phase === 'unaccepted';
      const status = event.status === undefined ? {} : { status: event.status };
      const phase = moved ? ({ phase: 'connecting', since: now } as const) : {};
      return { ...state, connection: { ...before, ...status, ...phase, looks, nextLookAt: event.nextLookAt } };
    }
    case 'connection-unaccepted': {
      // One that was accepted has shown no effect.
      const { acceptance: _acceptance, ...before } = connection;
      return {
        ...state,
        connection: {
          ...before,
          phase: 'unaccepted',
          ...seen(event),
          looks,
          nextLookAt: event.nextLookAt,
          told: connection.told || !event.byBot,
        },
      };
    }
    case 'acceptance-ordered':
      return become({
        orders: connection.orders + 1,
        acceptance: { state: 'wanted', ...by(event), tries: 0, notBefore: now, afterLooks: 0 },
      });
    case 'acceptance-claimed': {
      const { tries } = wanted(connection, event);
      return become({ acceptance: { state: 'claimed', ...by(connection.acceptance), tries, claim: event.claim } });
    }
    case 'acceptance-postponed': {
      const { tries } = claimed(connection, event);
      const afterLooks = event.lookFirst ? connection.looks + 1 : 0;
      return become({
        acceptance: {
          state: 'wanted',
          ...by(connection.acceptance),
          // Waiting for one's turn is no attempt.
          tries: event.problem === undefined ? tries : tries + 1,
          notBefore: event.retryAt,
          afterLooks,
        },
        ...(event.lookFirst ? { nextLookAt: now } : {}),
      });
    }
    case 'connection-accepted':
      return become({
        phase: 'connecting',
        since: now,
        nextLookAt: now,
        acceptance: { state: 'accepted', ...by(connection.acceptance), at: now },
      });
    case 'acceptance-refused':
      return become({
        told: true,
        acceptance: { state: 'refused', ...by(connection.acceptance), problem: event.problem },
      });
    case 'connected':
      return rest({ phase: 'connected', status: 'Connected', looks });
    case 'connection-down':
      return become({ phase: 'down', told: true, ...seen(event), looks, nextLookAt: event.nextLookAt });
    case 'connection-ended':
      return rest({ phase: 'ended', ...seen(event), looks });
    case 'connection-unwatched':
      return rest({ phase: 'unwatched' });
    case 'domain-known':
      return { ...state, endpoint: { ...state.endpoint, domain: event.domain } };
  }
}

function seen({ status }: { readonly status?: string }): { readonly status?: string } {
  return status === undefined ? {} : { status };
}

function by(of: { readonly by?: string } | undefined): { readonly by?: string } {
  return of?.by === undefined ? {} : { by: of.by };
}

type In<S extends Acceptance['state']> = Extract<Acceptance, { state: S }>;

function wanted({ acceptance }: ConnectionState, event: ConnectionEvent): In<'wanted'> {
  if (acceptance?.state !== 'wanted') throw new Error(`event ${event.type} without an acceptance that is wanted`);
  return acceptance;
}

function claimed({ acceptance }: ConnectionState, event: ConnectionEvent): In<'claimed'> {
  if (acceptance?.state !== 'claimed') throw new Error(`event ${event.type} without an acceptance that is claimed`);
  return acceptance;
}
