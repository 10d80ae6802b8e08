/** The way between Slack and the app: requests over HTTP, or a socket that the bot opens itself. */
import type { Receiver } from '@slack/bolt';
import type { Acks } from './adapters/slack/acks.ts';
import { createHttpReceiver, startSlackHttp } from './adapters/slack/http-receiver.ts';
import type { InFlight } from './adapters/slack/in-flight.ts';
import { SocketReceiver } from './adapters/slack/socket-receiver.ts';
import { startSlackSocket } from './adapters/slack/socket-transport.ts';
import type { Log } from './application/ports/log.ts';
import type { SlackSettings } from './config/config.ts';

export interface SlackTransport {
  /** For the app. */
  readonly receiver: Receiver;
  /** Once the app is built. @throws {Error} with a sentence for the operator. */
  start(): Promise<RunningTransport>;
}

export interface RunningTransport {
  /** Undefined where nothing is listened on. */
  readonly port: number | undefined;
  /** Why nothing of Slack's can come in now. */
  problem(): string | undefined;
  /** Takes nothing new and lets what is in flight finish. */
  stop(): Promise<void>;
}

export function createSlackTransport(
  { transport, apiUrl }: SlackSettings,
  tools: {
    readonly inFlight: InFlight;
    readonly log: Log;
    readonly wall: () => number;
    readonly acks: Acks;
  },
): SlackTransport {
  const { inFlight, log, acks } = tools;
  switch (transport.kind) {
    case 'http': {
      const { host, port, signingSecret } = transport;
      const receiver = createHttpReceiver(log);
      return {
        receiver,
        async start() {
          const where = { port, ...(host === undefined ? {} : { host }) };
          const http = await startSlackHttp({ ...where, ...tools, signingSecret, receiver });
          return { port: http.port, problem: () => undefined, stop: () => http.stop() };
        },
      };
    }
    case 'socket': {
      const { appToken } = transport;
      const receiver = new SocketReceiver({ inFlight, log, acks });
      return {
        receiver,
        async start() {
          const socket = await startSlackSocket({ appToken, apiUrl, receiver, inFlight, log });
          return { port: undefined, problem: () => socket.problem(), stop: () => socket.stop() };
        },
      };
    }
  }
}
