/** Socket Mode: the connections that an app has opened, and what Slack sends over them. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CallLog } from '../call-log.ts';
import type { SlackSwitches } from '../switches.ts';
import { LIMITS } from '../validate/limits.ts';
import type { Carried, Carrier, Parcel } from './carrier.ts';
import { type Envelope, SocketLink } from './socket-link.ts';

/** Slack's word for why a connection is to be replaced. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

const BEAT_MS = 5_000;
/** What still takes an answer with a payload. */
const ANSWERED = new Set(['view_submission', 'block_suggestion']);

export class Sockets implements Carrier {
  /** Every envelope that was sent, in order. */
  readonly envelopes: Envelope[] = [];
  private readonly log: CallLog;
  private readonly changed: () => void;
  private readonly ackDeadlineMs: number;
  private readonly switches: SlackSwitches;
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly tickets = new Set<string>();
  private readonly beat: NodeJS.Timeout;
  private links: SocketLink[] = [];
  private turn = 0;
  private opened = 0;

  constructor(options: { log: CallLog; changed: () => void; ackDeadlineMs: number; switches: SlackSwitches }) {
    this.log = options.log;
    this.changed = options.changed;
    this.ackDeadlineMs = options.ackDeadlineMs;
    this.switches = options.switches;
    this.beat = setInterval(() => {
      for (const link of this.links) link.beat();
    }, BEAT_MS).unref();
  }

  listen(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** How many connections things can be sent over. */
  get open(): number {
    return this.usable().length;
  }

  /** How many there were so far: tells a new one from an old one. */
  get openedSoFar(): number {
    return this.opened;
  }

  /** A path with a ticket that is good once. */
  newPath(): string {
    const ticket = randomUUID();
    this.tickets.add(ticket);
    return `/link/?ticket=${ticket}`;
  }

  /** To any one of the connections. */
  async carry(parcel: Parcel): Promise<Carried> {
    const link = this.next();
    if (link === undefined) return { accepted: false, late: false, body: '', ackMs: 0 };
    const envelope = envelopeOf(parcel);
    this.envelopes.push(envelope);
    const started = performance.now();
    const answer = await link.ask(envelope, this.ackDeadlineMs);
    return { ...answer, ackMs: Math.round(performance.now() - started) };
  }

  /** The same envelope once more, as Slack does when it missed the answer. @returns whether it was answered. */
  async redeliver(envelope: Envelope): Promise<boolean> {
    const again = { ...envelope, retry_attempt: (envelope.retry_attempt ?? 0) + 1, retry_reason: 'timeout' };
    const answer = await this.next()?.ask(again, this.ackDeadlineMs);
    return answer?.accepted === true;
  }

  /** Any text at all, over every connection. */
  sendRaw(text: string): void {
    for (const link of this.usable()) link.send(text);
  }

  /**
   * Has every connection replaced. After a warning Slack goes on with it for a while, after a request it sends nothing
   * more over it; then, with every answer there, it drops it.
   */
  disconnect(reason: DisconnectReason, graceMs = reason === 'warning' ? LIMITS.sockets.warningMs : 0): void {
    for (const link of this.usable()) {
      link.disconnect(reason);
      if (graceMs === 0) link.leave();
      else setTimeout(() => link.leave(), graceMs).unref();
    }
    this.changed();
  }

  /** Every connection breaks. */
  cut(): void {
    for (const link of this.links) link.cut();
  }

  stop(): void {
    clearInterval(this.beat);
    this.cut();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/link/' || !this.tickets.delete(searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    this.server.handleUpgrade(request, socket, head, (webSocket) => this.add(webSocket));
    // As Slack: it answers a close, and leaves the TCP connection to the other side.
    socket.end = () => socket;
    socket.once('end', () => socket.destroy());
  }

  private add(webSocket: WebSocket): void {
    this.opened += 1;
    const closed = (): void => {
      this.links = this.links.filter((other) => other !== link);
      this.changed();
    };
    const link = new SocketLink(webSocket, { log: this.log, host: `applink-${this.opened}`, closed });
    if (this.open >= LIMITS.sockets.connections) {
      const [oldest] = this.usable();
      const sentAway = this.switches.eleventhConnection === 'newest_sent_away' || oldest === undefined ? link : oldest;
      sentAway.disconnect('too_many_websockets');
      sentAway.leave();
      if (sentAway === link) return;
    }
    this.links.push(link);
    link.hello(this.open);
    this.changed();
  }

  private usable(): SocketLink[] {
    return this.links.filter((link) => link.usable);
  }

  private next(): SocketLink | undefined {
    const links = this.usable();
    switch (this.switches.socketChoice) {
      case 'in_turn':
        this.turn += 1;
        return links[this.turn % links.length];
      case 'newest':
        return links.at(-1);
      case 'oldest':
        return links[0];
    }
  }
}

function envelopeOf({ type, payload, retry, envelopeId = randomUUID() }: Parcel): Envelope {
  return {
    envelope_id: envelopeId,
    type,
    payload,
    accepts_response_payload: type === 'slash_commands' || ANSWERED.has(String(payload.type)),
    ...(retry ? { retry_attempt: retry.num, retry_reason: retry.reason } : {}),
  };
}
