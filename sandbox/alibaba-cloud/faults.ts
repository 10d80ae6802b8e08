/** Faults on demand: what goes wrong with the next calls, before or after they took effect. */
import type { ServerResponse } from 'node:http';
import type { CloudSwitches } from './switches.ts';

export type FaultKind =
  /** With a code: an error body of the API; without: a plain text. */
  | { type: 'status'; status: number; code?: string; message?: string; headers?: Record<string, string> }
  /** The connection is reset without an answer. */
  | { type: 'reset' }
  /** No answer; the connection is closed after `ms`, or when the server stops. */
  | { type: 'hang'; ms?: number }
  /** A proxy's page; default status 502. */
  | { type: 'html'; status?: number }
  /** No body; default status 200. */
  | { type: 'empty'; status?: number }
  /** The connection breaks in the middle of the body. */
  | { type: 'truncated' }
  | { type: 'redirect' }
  /** All goes well, later. */
  | { type: 'delay'; ms: number };

export interface Fault {
  /** Default: any action. */
  action?: string;
  /** Default: both. */
  dryRun?: boolean;
  /** Only calls whose path, query or body contains this, such as a service's id. */
  about?: string;
  /** Only calls on a connection that carried another one before: whoever keeps one open finds it dead. */
  onUsedConnection?: true;
  /** `before`: the call takes no effect. `after`: it does, and only its answer is lost. */
  when: 'before' | 'after';
  kind: FaultKind;
  /** For how many calls; default 1. */
  times?: number;
}

interface FaultyCall {
  readonly action: string;
  readonly dryRun: boolean;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  readonly onUsedConnection: boolean;
}

export class Faults {
  #pending: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending = [];
  }

  /** How many more calls are to fail; Infinity when a fault is there to stay. */
  get left(): number {
    return this.#pending.reduce((sum, { left }) => sum + left, 0);
  }

  /** The first fault that is meant for this call, used up by one. */
  take(when: Fault['when'], call: FaultyCall): FaultKind | undefined {
    const { action, dryRun, path, query, body } = call;
    const texts = [path, body, ...Object.values(query)];
    const entry = this.#pending.find(
      ({ fault }) =>
        fault.when === when &&
        (fault.action === undefined || fault.action === action) &&
        (fault.dryRun === undefined || fault.dryRun === dryRun) &&
        (fault.onUsedConnection === undefined || call.onUsedConnection) &&
        (fault.about === undefined || texts.some((text) => text.includes(fault.about ?? ''))),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#pending = this.#pending.filter((each) => each !== entry);
    return entry.fault.kind;
  }
}

/** How long a throttled client is to wait, where the fault itself does not say. */
const WAIT_SECONDS = 5;

/** The fault with the header that a throttled client is told in how long to come again. */
export function withWait<K extends FaultKind>(kind: K, way: CloudSwitches['retryAfter']): K {
  if (kind.type !== 'status' || kind.headers !== undefined || !kind.code?.startsWith('Throttling')) return kind;
  return { ...kind, headers: waitHeaders(way) };
}

function waitHeaders(way: CloudSwitches['retryAfter']): Record<string, string> {
  switch (way) {
    case 'none':
      return {};
    case 'seconds':
      return { 'retry-after': String(WAIT_SECONDS) };
    case 'milliseconds':
      return { 'retry-after': String(WAIT_SECONDS * 1_000) };
    case 'x-acs':
      return { 'x-acs-retry-after': String(WAIT_SECONDS * 1_000) };
  }
}

/**
 * Answers with a fault instead of the reply. Returns the HTTP status, or undefined when none was sent.
 * @param later runs something after some milliseconds, unless the server has stopped by then.
 */
export function sendFault(
  kind: Exclude<FaultKind, { type: 'delay' }>,
  response: ServerResponse,
  requestId: string,
  later: (ms: number, run: () => void) => void,
): number | undefined {
  const { socket } = response;
  const send = (status: number, headers: Record<string, string>, body: string): number => {
    response.writeHead(status, headers).end(body);
    return status;
  };
  switch (kind.type) {
    case 'status': {
      const { status, code, message = 'A fault on demand.', headers = {} } = kind;
      if (code === undefined) return send(status, { 'content-type': 'text/plain', ...headers }, 'upstream failure');
      const body = JSON.stringify({ RequestId: requestId, Code: code, Message: message });
      return send(status, { 'content-type': 'application/json', ...headers }, body);
    }
    case 'reset':
      socket?.resetAndDestroy();
      return undefined;
    case 'hang':
      if (kind.ms !== undefined) later(kind.ms, () => socket?.destroy());
      return undefined;
    case 'html': {
      const page = '<html><head><title>Bad Gateway</title></head><body>nginx</body></html>';
      return send(kind.status ?? 502, { 'content-type': 'text/html' }, page);
    }
    case 'empty':
      return send(kind.status ?? 200, { 'content-type': 'application/json' }, '');
    case 'truncated': {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write(`{"RequestId":"${requestId}","Result":{"endp`, () => socket?.destroy());
      return 200;
    }
    case 'redirect':
      return send(302, { location: 'https://signin.aliyun.com/login.htm' }, '');
  }
}
