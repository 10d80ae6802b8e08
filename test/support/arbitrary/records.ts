/** Arbitrary stored values: records with every kind of message, inbox entries, links of the audit chain. */
import fc from 'fast-check';
import type { InboxEntry } from '../../../src/application/inbox.ts';
import type { AuditEntry, Outgoing, Plain, RequestRecord } from '../../../src/application/record.ts';
import type { PersonCommand } from '../../../src/domain/commands.ts';
import type { RequestEvent } from '../../../src/domain/events.ts';
import type { Request } from '../../../src/domain/request.ts';
import { EVENTS } from './events.ts';
import { count, type In, is, requestId, some, text, time } from './fields.ts';
import { asked, clickRefusal } from './refusals.ts';
import { claim, verdictOnEmergency } from './requests.ts';

const event: fc.Arbitrary<RequestEvent> = fc.oneof(...Object.values(EVENTS));
const told = some<RequestRecord['untold'][number]>({ at: time, event });

const about: fc.Arbitrary<Outgoing['about']> = fc.oneof(
  some<In<Outgoing['about'], 'kind', 'card'>>({ kind: is('card') }),
  some<In<Outgoing['about'], 'kind', 'copy'>>({ kind: is('copy') }),
  some<In<Outgoing['about'], 'kind', 'result'>>({ kind: is('result') }),
  some<In<Outgoing['about'], 'kind', 'thread'>>({ kind: is('thread'), told: fc.array(told, { maxLength: 2 }) }),
  some<In<Outgoing['about'], 'kind', 'notice'>>({ kind: is('notice'), told }),
  some<In<Outgoing['about'], 'kind', 'audit-line'>>({ kind: is('audit-line'), told }),
  some<In<Outgoing['about'], 'kind', 'alert'>>({ kind: is('alert'), told }),
  some<In<Outgoing['about'], 'kind', 'answer'>>({ kind: is('answer'), command: text, refusal: clickRefusal }),
  some<In<Outgoing['about'], 'kind', 'receipt'>>({
    kind: is('receipt'),
    command: fc.constantFrom(
      'edit',
      'approve',
      'approve-alone',
      'remind',
      'review',
      'reject',
      'cancel',
      'retry',
      'accept-connection',
      'choose-endpoint',
    ),
    seq: count,
  }),
);
const to: fc.Arbitrary<Outgoing['to']> = fc.oneof(
  some<In<Outgoing['to'], 'kind', 'channel'>>({ kind: is('channel'), channel: text }),
  some<In<Outgoing['to'], 'kind', 'card-thread'>>({ kind: is('card-thread') }),
  some<In<Outgoing['to'], 'kind', 'person'>>({ kind: is('person'), user: text }),
  some<In<Outgoing['to'], 'kind', 'ephemeral'>>(
    { kind: is('ephemeral'), user: text, channel: text, responseUrl: text },
    'channel',
    'responseUrl',
  ),
);
const delivery: fc.Arbitrary<Outgoing['delivery']> = fc.oneof(
  some<In<Outgoing['delivery'], 'state', 'wanted'>>({ state: is('wanted'), notBefore: time, failures: count }),
  some<In<Outgoing['delivery'], 'state', 'claimed'>>(
    { state: is('claimed'), claim, failures: count, lookAt: time, asked: is(true) },
    'asked',
  ),
  some<In<Outgoing['delivery'], 'state', 'sent'>>(
    {
      state: is('sent'),
      channel: text,
      ts: text,
      hash: text,
      shows: count,
      notBefore: time,
      failures: count,
      sureAt: time,
      doubtedAt: time,
      permalink: text,
      strayUntil: time,
      updating: some({ holder: text, until: time }),
    },
    'doubtedAt',
    'hash',
    'shows',
    'permalink',
    'strayUntil',
    'updating',
  ),
);
const outgoing = some<Outgoing>(
  { key: text, about, to, plain: some<Plain>({ until: time, times: count }), delivery },
  'plain',
);

export const recordOf = (request: fc.Arbitrary<Request>): fc.Arbitrary<RequestRecord> =>
  some<RequestRecord>(
    {
      schema: is(1),
      request,
      outgoing: fc.array(outgoing, { maxLength: 3 }),
      untold: fc.array(told, { maxLength: 3 }),
      messages: count,
      audit: some({ count, head: text }),
      locales: fc.dictionary(fc.stringMatching(/^U[A-Z0-9]{3,8}$/), fc.constantFrom('en', 'zh-CN'), {
        noNullPrototype: true,
      }),
    },
    'locales',
  );

const COMMANDS: { readonly [K in PersonCommand['kind']]: fc.Arbitrary<In<PersonCommand, 'kind', K>> } = {
  submit: some({ kind: is('submit'), id: requestId, by: text, asked, origin: text }, 'origin'),
  edit: some({ kind: is('edit'), by: text, revision: count, asked }),
  approve: some({ kind: is('approve'), by: text, revision: count, note: text }, 'note'),
  'approve-alone': some({ kind: is('approve-alone'), by: text, revision: count, reason: text }),
  remind: some({ kind: is('remind'), by: text, revision: count }),
  review: some({ kind: is('review'), by: text, revision: count, verdict: verdictOnEmergency, note: text }, 'note'),
  reject: some({ kind: is('reject'), by: text, revision: count, reason: text }),
  cancel: some({ kind: is('cancel'), by: text, revision: count }),
  retry: some({ kind: is('retry'), by: text, revision: count }),
  'repost-card': some({ kind: is('repost-card'), by: text, revision: count }),
  'accept-connection': some({ kind: is('accept-connection'), by: text, revision: count }),
  'choose-endpoint': some({ kind: is('choose-endpoint'), by: text, revision: count, endpoint: text }, 'endpoint'),
};

export const entries: fc.Arbitrary<InboxEntry> = some<InboxEntry>(
  {
    commandId: text,
    command: fc.oneof(...Object.values(COMMANDS)) as fc.Arbitrary<PersonCommand>,
    at: time,
    channel: text,
    responseUrl: text,
    card: some({ channel: text, ts: text }),
  },
  'channel',
  'responseUrl',
  'card',
);

export const auditOf = (of: fc.Arbitrary<RequestEvent>): fc.Arbitrary<AuditEntry> =>
  some<AuditEntry>(
    {
      request: requestId,
      seq: count,
      revision: count,
      now: time,
      wall: time,
      commandId: text,
      run: text,
      event: of,
      previous: text,
      hash: text,
    },
    'commandId',
  );
