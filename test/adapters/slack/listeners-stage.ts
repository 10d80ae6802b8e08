/** The real app over real HTTP before a local Slack, with a store and a cloud that a test holds in its hands. */
import { afterEach } from 'vitest';
import type { LocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { startLocalSlack } from '../../../sandbox/slack/local-slack.ts';
import type { Message } from '../../../sandbox/slack/model.ts';
import { createAnswerPrivately } from '../../../src/adapters/slack/answer-privately.ts';
import { createSlackApp } from '../../../src/adapters/slack/app.ts';
import { buttonValue } from '../../../src/adapters/slack/blocks/button-value.ts';
import { createHttpReceiver, type SlackHttp, startSlackHttp } from '../../../src/adapters/slack/http-receiver.ts';
import { InFlight } from '../../../src/adapters/slack/in-flight.ts';
import type { ListenerTools } from '../../../src/adapters/slack/listeners/tools.ts';
import { People } from '../../../src/adapters/slack/people.ts';
import { createChoices } from '../../../src/application/choices.ts';
import type { InboxEntry } from '../../../src/application/inbox.ts';
import type { Picked } from '../../../src/application/ports/picks.ts';
import type { RequestRecord } from '../../../src/application/record.ts';
import type { Finding } from '../../../src/domain/doctor/findings.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import { groupsIn, type Roster } from '../../../src/domain/policy/roster.ts';
import type { Rule } from '../../../src/domain/policy/rule.ts';
import type { Standing } from '../../../src/domain/refusals.ts';
import type { Request } from '../../../src/domain/request.ts';
import { messagesFor } from '../../../src/messages/messages-for.ts';
import { RULE } from '../../support/samples.ts';
import { FakeCloud } from './listeners-cloud.ts';

export const SECRET = 'a signing secret';
export const NOW = Date.parse('2026-01-05T09:00:00Z');

interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface StageOptions {
  readonly accounts?: readonly string[];
  readonly teamId?: string;
  readonly optionsMs?: number;
  readonly patienceMs?: number;
  readonly drainMs?: number;
  readonly ackMs?: number;
  /** Of channels, and of those whose own is not known; default `en`. */
  readonly locale?: Locale;
  readonly findings?: readonly Finding[];
  /** A mistake of ours: whatever would be said to somebody throws. */
  readonly speechless?: boolean;
}

export interface Stage {
  readonly slack: LocalSlack;
  readonly http: SlackHttp;
  readonly cloud: FakeCloud;
  readonly received: { readonly id: RequestId; readonly entry: InboxEntry }[];
  readonly records: Map<RequestId, RequestRecord>;
  readonly picked: Map<string, Picked>;
  readonly lines: LogLine[];
  readonly nudged: RequestId[];
  /** Makes Redis refuse, or hang until the promise settles. */
  redis: { fails: boolean; waitsFor: Promise<void> | undefined };
  person: { standing: Standing };
  /** Of the policy that applies. */
  rules: Rule[];
  /** Who stands behind the rules' names. */
  roster: { current: Roster };
  /** The lists of requests, each in the order of `list` from the oldest on. */
  readonly lists: Map<string, readonly RequestId[]>;
  /** Who opened Home. */
  readonly opened: string[];
  /** Posts a message with these buttons of a request, as its card unless told otherwise. */
  post(request: { id: RequestId; revision: number }, buttons: readonly string[], over?: Partial<Message>): Message;
  store(request: Request): void;
}

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const { accounts = ['prod'], teamId = 'T0ACME', optionsMs, patienceMs = 150, drainMs, locale = 'en' } = options;
  const slack = await startLocalSlack({ signingSecret: SECRET, botToken: 'xoxb-local' });
  cleanups.push(slack.stop);
  const cloud = new FakeCloud();
  const lines: LogLine[] = [];
  const say =
    (level: LogLine['level']) =>
    (fields: Readonly<Record<string, unknown>>, message: string): void => {
      lines.push({ level, fields, message });
    };
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const redis: Stage['redis'] = { fails: false, waitsFor: undefined };
  const person: Stage['person'] = { standing: 'member' };
  const reach = async (): Promise<void> => {
    await redis.waitsFor;
    if (redis.fails) throw new Error('Redis is away');
  };
  // Whatever a form asks for, somebody could approve it.
  const rules: Rule[] = [{ ...RULE, match: {} }];
  const roster: Stage['roster'] = { current: { people: [], groups: [] } };
  const lists: Stage['lists'] = new Map();
  const opened: string[] = [];
  const membershipsIn = (asked: readonly string[], user: string) => ({
    standing: person.standing,
    groups: groupsIn(roster.current, user).filter((group) => asked.includes(group)),
    unreadable: roster.current.groups.flatMap((group) =>
      'problem' in group && asked.includes(group.id) ? [group.id] : [],
    ),
  });
  const received: Stage['received'] = [];
  const records: Stage['records'] = new Map();
  const picked: Stage['picked'] = new Map();
  const nudged: RequestId[] = [];
  const unused = (): never => {
    throw new Error('no listener asks for this');
  };
  let counter = 0;

  const people = new People({ token: 'xoxb-local', apiUrl: slack.apiUrl, teamId, wall: Date.now, log });
  const tools: ListenerTools = {
    requests: {
      async receive(id, entry) {
        await reach();
        if (received.some((one) => one.entry.commandId === entry.commandId)) return 'seen-before';
        if (entry.command.kind !== 'submit' && !records.has(id)) return 'no-such-request';
        received.push({ id, entry });
        return 'received';
      },
      async load(id) {
        await reach();
        const inbox = received.filter((one) => one.id === id).map(({ entry }) => entry);
        return { version: 1, record: records.get(id), inbox };
      },
      async list(index, { newest, limit }) {
        await reach();
        const ids = [...(lists.get(index) ?? [])];
        return (newest ? ids.reverse() : ids).slice(0, limit);
      },
      async read(ids) {
        await reach();
        return ids.flatMap((id) => records.get(id) ?? []);
      },
      peek: unused,
      commit: unused,
      holders: unused,
      takeDue: unused,
      putOff: unused,
      history: unused,
    },
    picks: {
      async keep(viewId, picks) {
        await reach();
        picked.set(viewId, picks);
      },
      async of(viewId) {
        await reach();
        return picked.get(viewId);
      },
    },
    diagnose: () => Promise.resolve(options.findings ?? []),
    answerPrivately: createAnswerPrivately({ token: 'xoxb-local', apiUrl: slack.apiUrl, log }),
    giveWay: () => Promise.resolve(),
    wakeUps: {
      nudge: (id) => {
        nudged.push(id);
        return Promise.resolve();
      },
    },
    directory: {
      identify: (user, groups) => Promise.resolve(membershipsIn(groups, user)),
      glance: (user, groups) => Promise.resolve(membershipsIn(groups, user)),
      roster: () => Promise.resolve(roster.current),
    },
    policy: { current: () => ({ rules, version: '1' }) },
    channels: { approvals: 'C0APPROVALS' },
    homes: {
      opened: (user) => {
        opened.push(user);
        return Promise.resolve();
      },
    },
    log,
    now: () => NOW,
    newRequestId: () => {
      counter += 1;
      return `req_01JGTWZ8M0ABCDEFGHJKMNPQ${String(counter).padStart(2, '0')}`;
    },
    accounts,
    choices: createChoices({ accounts: new Map(accounts.map((name) => [name, cloud])), patienceMs }),
    messages: messagesFor(locale),
    messagesFor: async (user) => {
      if (options.speechless === true) throw new Error('no words');
      return messagesFor((await people.localeOf(user)) ?? locale);
    },
    ...(optionsMs === undefined ? {} : { optionsMs }),
  };
  const inFlight = new InFlight();
  const receiver = createHttpReceiver(log, options.ackMs);
  const apiUrl = slack.apiUrl;
  createSlackApp({ receiver, apiUrl, botToken: 'xoxb-local', teamId, botUserId: 'U0BOT', inFlight, tools });
  const drain = drainMs === undefined ? {} : { drainMs };
  const http = await startSlackHttp({
    port: 0,
    host: '127.0.0.1',
    signingSecret: SECRET,
    receiver,
    inFlight,
    log,
    ...drain,
  });
  cleanups.push(() => http.stop());
  slack.connectBot(`http://127.0.0.1:${http.port}/slack/events`);

  return {
    slack,
    http,
    cloud,
    received,
    records,
    picked,
    lines,
    nudged,
    redis,
    person,
    rules,
    roster,
    lists,
    opened,
    post(request, buttons, over = {}) {
      const elements = buttons.map((action) => ({
        type: 'button',
        action_id: action,
        text: { type: 'plain_text', text: action },
        value: buttonValue(request),
      }));
      return slack.workspace.post({
        channel: 'C0APPROVALS',
        user: 'U0BOT',
        text: 'a card',
        blocks: [{ type: 'actions', elements }],
        metadata: {
          event_type: 'vpc_endpoint_request',
          event_payload: { request_id: request.id, revision: request.revision },
        },
        ...over,
      });
    },
    store(request) {
      const audit = { count: 1, head: '0'.repeat(64) };
      records.set(request.id, { schema: 1, request, outgoing: [], untold: [], messages: 0, audit });
    },
  };
}
