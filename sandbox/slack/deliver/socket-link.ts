/** One WebSocket connection of an app in Socket Mode: envelopes out, answers in. */
import { WebSocket } from 'ws';
import type { CallLog } from '../call-log.ts';
import { APP_ID } from '../sample-workspace.ts';
import type { Carried } from './carrier.ts';

export type Envelope = {
  envelope_id: string;
  type: string;
  payload: unknown;
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
};

export type Answer = Omit<Carried, 'ackMs'>;

export class SocketLink {
  private leaving = false;
  private readonly socket: WebSocket;
  private readonly log: CallLog;
  private readonly host: string;
  private readonly waiting = new Map<string, { envelope: Envelope; answer: (answer: Answer) => void }>();
  private readonly sent = new Set<string>();
  private heard = true;

  constructor(socket: WebSocket, { log, host, closed }: { log: CallLog; host: string; closed: () => void }) {
    this.socket = socket;
    this.log = log;
    this.host = host;
    socket.on('message', (data, isBinary) => this.hear(isBinary ? '' : data.toString('utf8')));
    socket.on('pong', () => {
      this.heard = true;
    });
    // A close follows.
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const { answer } of this.waiting.values()) answer({ accepted: false, late: false, body: '' });
      closed();
    });
  }

  /** Whether anything new can be sent over it. */
  get usable(): boolean {
    return this.socket.readyState === WebSocket.OPEN && !this.leaving;
  }

  hello(connections: number): void {
    this.send({
      type: 'hello',
      num_connections: connections,
      debug_info: { host: this.host, build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: APP_ID },
    });
    this.socket.ping();
  }

  disconnect(reason: string): void {
    this.send({ type: 'disconnect', reason, debug_info: { host: this.host } });
  }

  /** Sends it, and waits for its answer, at most so long. */
  ask(envelope: Envelope, deadlineMs: number): Promise<Answer> {
    return new Promise((resolve) => {
      // Sent again before it was answered, one answer is for both.
      const before = this.waiting.get(envelope.envelope_id);
      const answer = (given: Answer): void => {
        clearTimeout(timer);
        this.waiting.delete(envelope.envelope_id);
        resolve(given);
        before?.answer(given);
        if (this.leaving) this.leave();
      };
      const timer = setTimeout(() => answer({ accepted: false, late: true, body: '' }), deadlineMs);
      this.waiting.set(envelope.envelope_id, { envelope, answer });
      this.sent.add(envelope.envelope_id);
      this.send(envelope);
    });
  }

  /** An object as JSON, a text as it is. */
  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Ends it when the last ping was not answered. */
  beat(): void {
    if (!this.heard) this.cut();
    this.heard = false;
    if (this.socket.readyState === WebSocket.OPEN) this.socket.ping();
  }

  /** Sends nothing more, and ends once everything is answered. */
  leave(): void {
    this.leaving = true;
    if (this.waiting.size === 0) this.cut();
  }

  /** Without a word. */
  cut(): void {
    this.socket.terminate();
  }

  private hear(text: string): void {
    const answer = readAnswer(text);
    if (answer === undefined) {
      this.log.protocolError(`a frame of the bot is not an answer: ${text.slice(0, 80)}`);
      return;
    }
    const { id, payload } = answer;
    const asked = this.waiting.get(id);
    if (asked === undefined) {
      // Too late, or for the second time: Slack does not mind. Or it never was an envelope of this connection.
      if (!this.sent.has(id))
        this.log.protocolError(`the bot answers an envelope that this connection did not bring: ${id}`);
      return;
    }
    const isEmpty = Object.keys(payload).length === 0;
    if (!isEmpty && !asked.envelope.accepts_response_payload) {
      this.log.protocolError(`the bot answers with a payload where none is accepted: ${asked.envelope.type}`);
    }
    asked.answer({ accepted: true, late: false, body: isEmpty ? '' : JSON.stringify(payload) });
  }
}

function readAnswer(text: string): { id: string; payload: object } | undefined {
  try {
    const { envelope_id: id, payload = {} } = JSON.parse(text) as { envelope_id?: unknown; payload?: unknown };
    return typeof id === 'string' && typeof payload === 'object' && payload !== null ? { id, payload } : undefined;
  } catch {
    return undefined;
  }
}
