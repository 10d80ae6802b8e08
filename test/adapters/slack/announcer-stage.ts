/** What the announcer's and the directory's tests start from: the local Slack, a quiet log, a record with one message. */
import { afterEach } from 'vitest';
import type { LocalSlack, LocalSlackOptions } from '../../../sandbox/slack/local-slack.ts';
import { startLocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { createAnnouncer } from '../../../src/adapters/slack/announcer.ts';
import type { PresentationContext } from '../../../src/adapters/slack/blocks/presentation.ts';
import type { Announcer } from '../../../src/application/ports/announcer.ts';
import type { Log } from '../../../src/application/ports/log.ts';
import type { About, Destination, Outgoing, RequestRecord } from '../../../src/application/record.ts';
import type { Request } from '../../../src/domain/request.ts';
import { at } from '../../support/samples.ts';

export const TOKEN = 'xoxb-local';
export const QUIET: Log = { info: () => {}, warn: () => {}, error: () => {} };
export const PRESENTATION: PresentationContext = {
  accounts: new Map([['prod', { region: 'cn-hangzhou' }]]),
  locale: 'en',
};

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

export async function localSlack(options: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  const slack = await startLocalSlack({ signingSecret: 'a signing secret', botToken: TOKEN, ...options });
  cleanups.push(slack.stop);
  return slack;
}

export async function announcing(
  options: Partial<LocalSlackOptions> = {},
): Promise<{ slack: LocalSlack; announcer: Announcer }> {
  const slack = await localSlack(options);
  return { slack, announcer: announcerFor(slack.apiUrl) };
}

export function announcerFor(apiUrl: string, wall?: () => number): Announcer {
  return createAnnouncer({
    token: TOKEN,
    apiUrl,
    context: PRESENTATION,
    workspaceUrl: 'https://acme.slack.com',
    log: QUIET,
    botUserId: 'U0BOT',
    ...(wall === undefined ? {} : { wall }),
  });
}

/** A message that its run has just claimed. */
export function outgoing(about: About, to: Destination, key: string = about.kind): Outgoing {
  const { wall } = at(0);
  const claim = { holder: 'run-1', since: wall, until: wall + 10_000 };
  return { key, about, to, delivery: { state: 'claimed', claim, failures: 0, lookAt: wall } };
}

export function recordWith(request: Request, ...messages: readonly Outgoing[]): RequestRecord {
  return { schema: 1, request, outgoing: messages, untold: [], messages: 0, audit: { count: 0, head: '' } };
}

/** The card as it stands in a channel. */
export function sentCard(channel: string, ts: string, permalink?: string): Outgoing {
  const link = permalink === undefined ? {} : { permalink };
  return {
    key: 'card',
    about: { kind: 'card' },
    to: { kind: 'channel', channel },
    delivery: { state: 'sent', channel, ts, notBefore: 0, failures: 0, sureAt: 0, ...link },
  };
}
