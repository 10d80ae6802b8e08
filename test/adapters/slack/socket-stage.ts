/** The bot's side of Socket Mode before a local Slack, with a small app whose listeners a test holds in its hands. */
import { type AckFn, App } from '@slack/bolt';
import { afterEach } from 'vitest';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { InFlight } from '../../../src/adapters/slack/in-flight.ts';
import { SocketReceiver } from '../../../src/adapters/slack/socket-receiver.ts';
import {
  type SlackSocket,
  type SlackSocketOptions,
  startSlackSocket,
} from '../../../src/adapters/slack/socket-transport.ts';

const APP_TOKEN = 'xapp-local';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface SocketStage {
  readonly slack: LocalSlack;
  readonly lines: LogLine[];
  /** What came to a listener, in order: commands' texts, events' types. */
  readonly heard: string[];
  /** What happens to a command; by default it is acknowledged with its own text. */
  onCommand: (ack: AckFn<string>, text: string) => Promise<void>;
  connect(options?: Partial<SlackSocketOptions>): Promise<SlackSocket>;
  /** Ann types a command with this text. */
  type(text: string): Promise<{ readonly ok: boolean; readonly body: string; readonly problem?: string }>;
  logged(part: string): readonly LogLine[];
}

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  // Slack first: a connection that is gone needs no farewell.
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

export async function setSocketStage(
  options: Partial<LocalSlackOptions> & { readonly ackMs?: number } = {},
): Promise<SocketStage> {
  const { ackMs, ...slackOptions } = options;
  const slack = await startLocalSlack({
    signingSecret: 'unused',
    botToken: 'xoxb-local',
    appToken: APP_TOKEN,
    ...slackOptions,
  });
  cleanups.push(slack.stop);
  const lines: LogLine[] = [];
  const say =
    (level: LogLine['level']) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      lines.push({ level, fields, message });
    };
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const inFlight = new InFlight();
  const receiver = new SocketReceiver({ inFlight, log, ...(ackMs === undefined ? {} : { ackMs }) });
  const app = new App({ receiver, authorize: () => Promise.resolve({ botToken: 'xoxb-local', botUserId: 'U0BOT' }) });
  const stage: SocketStage = {
    slack,
    lines,
    heard: [],
    onCommand: (ack, text) => ack({ text } as never),
    async connect(over = {}) {
      const socket = await startSlackSocket({
        appToken: APP_TOKEN,
        apiUrl: slack.apiUrl,
        receiver,
        inFlight,
        log,
        ...over,
      });
      cleanups.push(() => socket.stop());
      return socket;
    },
    type: (text) => slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', text),
    logged: (part) => lines.filter(({ message }) => message.includes(part)),
  };
  app.error(() => Promise.reject(new Error('swallowed by nobody')));
  app.command(/./, async ({ ack, command }) => {
    stage.heard.push(command.text);
    await stage.onCommand(ack as AckFn<string>, command.text);
  });
  app.event(/./, ({ event }) => {
    stage.heard.push(event.type);
    return Promise.resolve();
  });
  return stage;
}

/** A promise to hold something up with, and what lets it go. */
export function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
