import fc from 'fast-check';
import { describe, it } from 'vitest';
import { refuseMessage } from '../../../sandbox/slack/validate/message.ts';
import { outgoingMessage } from '../../../src/adapters/slack/blocks/outgoing.ts';
import type { About } from '../../../src/application/record.ts';
import type { RequestEvent } from '../../../src/domain/events.ts';
import type { Locale } from '../../../src/domain/locale.ts';
import type { ClickRefusal } from '../../../src/domain/refusals.ts';
import type { Request, Status } from '../../../src/domain/request.ts';
import { EVENTS } from '../../support/arbitrary/events.ts';
import { REQUESTS } from '../../support/arbitrary/requests.ts';
import { outgoing, PRESENTATION, recordWith, sentCard } from './announcer-stage.ts';

/** What decides which sentence it is, and what has a shape of its own, stays as it is. */
const KEPT = new Set([
  'kind',
  'type',
  'status',
  'verdict',
  'mode',
  'lifetime',
  'how',
  'again',
  'afterwards',
  'what',
  'checks',
  'standing',
  'phase',
  'state',
]);
const REASONS = new Set(['throttled', 'access-denied', 'outcome-unclear', 'instance-busy']);

const HOSTILE = fc
  .array(
    fc.constantFrom('&', '<', '>', '`', '```', '*', '\n', '<!channel>', '&amp;', '𝔸', "'", '"', 'word ', '\u202e', '|'),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((pieces) => pieces.join('').repeat(120).slice(0, 4_000));

/** The same value with every free text long and hostile, and every list of people or things long, lists in lists less so. */
function blownUp<T>(value: T, text: string, key = '', times = 12): T {
  if (KEPT.has(key)) return value;
  if (typeof value === 'string' && key === 'reason' && REASONS.has(value)) return value;
  if (typeof value === 'string') {
    if (key === 'id' && value.startsWith('req_')) return value;
    return (key === 'reason' ? text : text.slice(0, 500)) as T;
  }
  if (Array.isArray(value)) {
    const grown = value.map((item: unknown) => blownUp(item, text, key, 3));
    return Array.from({ length: times }, () => grown).flat() as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, blownUp(inner, text, name, times)]),
  ) as T;
}

const LOOKS: readonly (readonly [plain: boolean, locale: Locale])[] = [
  [false, 'en'],
  [true, 'en'],
  [false, 'zh-CN'],
  [true, 'zh-CN'],
];

// Faster than expect, which would be asked hundreds of thousands of times here.
function claim(holdsTrue: boolean, otherwise: string): void {
  if (!holdsTrue) throw new Error(otherwise);
}

function check(request: Request, about: About): void {
  const message = outgoing(about, { kind: 'channel', channel: 'C0APPROVALS' });
  const record = recordWith(request, sentCard('C0APPROVALS', '1.2', 'https://acme.slack.com/archives/C/p1'), message);
  for (const [plain, locale] of LOOKS) {
    const made = outgoingMessage(message, record, plain, { ...PRESENTATION, locale });
    const refused = refuseMessage(made);
    claim(refused === undefined, `Slack refuses it: ${JSON.stringify(refused)}`);
    const said = JSON.stringify([made.text, made.blocks]);
    claim(!/<!(channel|here|everyone)/.test(said), 'it calls everybody');
    claim(made.text.trim() !== '', 'it has no text');
    claim(about.kind === 'thread' || made.text.length <= 4_000, `it has ${made.text.length} characters`);
    // No token is torn apart: every `<` has its `>`.
    for (const line of made.text.split('\n'))
      claim(!line.replace(/<[^<>]*>/g, '').includes('<'), `torn apart: ${line}`);
  }
}

const runs = { numRuns: 20 };

describe('inside Slack’s limits, whatever people and the cloud write', () => {
  it.each(Object.keys(REQUESTS) as Status[])('the card in status %s', (status) => {
    fc.assert(
      fc.property(REQUESTS[status] as fc.Arbitrary<Request>, HOSTILE, (request, text) => {
        check(request, { kind: 'card' });
        check(blownUp(request, text), { kind: 'card' });
      }),
      runs,
    );
  });

  it('the result', () => {
    fc.assert(
      fc.property(REQUESTS.succeeded, HOSTILE, (request, text) => {
        check(request, { kind: 'result' });
        check(blownUp(request, text), { kind: 'result' });
      }),
      runs,
    );
  });

  it.each(Object.keys(EVENTS) as RequestEvent['type'][])('whatever is told of %s', (type) => {
    fc.assert(
      fc.property(
        EVENTS[type] as fc.Arbitrary<RequestEvent>,
        fc.oneof(...Object.values(REQUESTS)),
        HOSTILE,
        (event, request, text) => {
          const big = blownUp(event, text);
          const told = { at: 1_700_000_000_000, event: big };
          const bigRequest = blownUp(request as Request, text);
          for (const about of [
            { kind: 'thread', told: Array.from({ length: 12 }, () => told) },
            { kind: 'thread', told: [{ at: Number.MAX_SAFE_INTEGER, event }] },
            { kind: 'notice', told },
            { kind: 'audit-line', told },
            { kind: 'alert', told },
          ] as const) {
            check(request as Request, about);
            check(bigRequest, about);
          }
        },
      ),
      { numRuns: 5 },
    );
  });

  it('the answers', () => {
    fc.assert(
      fc.property(EVENTS['attempt-refused'], REQUESTS.pending, HOSTILE, ({ refusal, what }, request, text) => {
        const big: ClickRefusal = blownUp(refusal, text);
        check(request, { kind: 'answer', command: what, refusal });
        check(request, { kind: 'answer', command: text, refusal: big });
      }),
      { numRuns: 200 },
    );
  });
});
