/** The sentences that explain an approval and those about lists: the same facts in each language, written as it is written. */
import { describe, expect, it } from 'vitest';
import type { Locale } from '../../src/domain/locale.ts';
import { type Explanation, explain as explainPolicy } from '../../src/domain/policy/explanation.ts';
import type { Roster } from '../../src/domain/policy/roster.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import { namesIn } from '../../src/messages/names-in.ts';
import {
  ALICE,
  APPROVED,
  ASKED,
  approvalBy,
  BOB,
  HOUR,
  ID,
  OPS,
  person,
  precheckPassed,
  REQUESTER,
  RULE,
  SUCCEEDED,
  submitted,
  T0,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const CAROL = 'UCAROL';
const ROSTER: Roster = {
  people: [
    { id: ALICE, name: 'Alice', standing: 'member' },
    { id: BOB, name: 'Bob *<!channel>*', standing: 'member' },
    { id: CAROL, name: 'Carol', standing: 'deactivated' },
  ],
  groups: [{ id: OPS, name: 'ops', problem: 'rate-limited' }],
};
const FULL: Rule = {
  ...RULE,
  name: 'full',
  match: {
    account: ['prod', 'test'],
    action: ['create'],
    instance: ['es-cn-*'],
    requester: { users: [REQUESTER], groups: [OPS] },
    lifetime: ['1d', '30d'],
  },
  steps: [
    { users: [ALICE], groups: [], required: 1 },
    { users: [BOB, CAROL], groups: [OPS], required: 1 },
  ],
  reminders: { afterMs: HOUR, capMs: 8 * HOUR },
  escalation: { users: [CAROL], groups: [], afterMs: 90 * 60_000 },
  emergency: { users: [BOB], groups: [], reviewWithinMs: 48 * HOUR },
  freezes: [{ kind: 'once', from: T0, until: T0 + HOUR, reason: 'stocktaking' }],
};
const pending = given(submitted(ASKED, FULL), precheckPassed, approvalBy(ALICE)).as('pending');

const explained = (locale: Locale, explanation: Explanation) =>
  messagesFor(locale).explain.explained(explanation, namesIn(ROSTER)).join('\n');
const of = (what: Parameters<typeof explainPolicy>[0], reader: string, over: Parameters<typeof person>[0] = {}) =>
  explainPolicy(what, { reader, person: person(over), roster: ROSTER, now: T0 });

/** Every sentence of the two rooms. */
function everything(locale: Locale): readonly string[] {
  const { explain, home, card, connection } = messagesFor(locale);
  const succeeded = given(...SUCCEEDED).as('succeeded');
  const place = { channel: 'C0APPROVALS', permalink: 'https://acme.slack.com/archives/C0APPROVALS/p1' };
  const explanations = [
    ...[ALICE, BOB, REQUESTER, 'UDAVE'].map((reader) => of(pending, reader)),
    of(pending, 'UDAVE', { unreadable: [OPS] }),
    of(
      given(submitted(ASKED, FULL), precheckPassed, { type: 'escalated', to: { users: [CAROL], groups: [] } })
        .request as typeof pending,
      ALICE,
    ),
    of(given(...APPROVED).as('approved'), ALICE),
    of({ ...FULL, match: {} }, 'UDAVE'),
    of({ ...RULE, steps: [] }, 'UDAVE'),
  ];
  return [
    ...explanations.map((each) => explained(locale, each)),
    explain.askWhat('/vpc-endpoint'),
    explain.whichAccount('/vpc-endpoint', 'es-cn-1', ['prod', 'test']),
    ...[place, { channel: 'C0APPROVALS' }, undefined].map((card) => explain.aboutRequest(pending, '☺', card)),
    explain.aboutProspect('prod', 'es-cn-1'),
    explain.noRule('prod', 'es-cn-1'),
    explain.unclear([OPS]),
    explain.ungoverned,
    explain.otherwise({ lifetimes: ['1d', '7d'], which: { kind: 'found', rule: RULE } }),
    explain.otherwise({ lifetimes: ['1d'], which: { kind: 'found', rule: undefined } }),
    explain.otherwise({ lifetimes: ['1d'], which: { kind: 'unclear' } }),
    ...Object.values(home.headings),
    ...Object.values(home.empty),
    ...Object.values(home.pending),
    home.newRequest,
    home.more(3),
    ...[place, { channel: 'C0APPROVALS' }, undefined].flatMap((at) => {
      const listed = <R>(request: R) => ({ request, ...(at === undefined ? {} : { card: at }) });
      return [
        home.waits(listed(pending)),
        home.asked(listed(pending), card.headline(pending)),
        home.decided(listed(succeeded), card.headline(succeeded)),
        home.owned(listed(succeeded), connection.progress(succeeded)),
        home.owned(
          listed({ ...succeeded, asked: { ...succeeded.asked, lifetime: 'permanent' as const } }),
          connection.progress(succeeded),
        ),
      ];
    }),
  ];
}

describe.each<[Locale, readonly string[]]>([
  [
    'en',
    [
      '`full`, the first that matches: account `prod` or `test` · to create · instance `es-cn-*` · asked for by `UREQUESTER`, @ops · lifetime 1 day or 30 days',
      'Approved 1 of 2: Alice',
      'Could give it right now: Bob &lt;!channel&gt;',
      '*You:* you can approve it',
      'In an emergency you may approve it alone',
      'A review is owed within 2 days',
      'These may approve too from <!date',
      'It expires on <!date',
      'stocktaking',
      'Carol has left',
      '@ops can’t be read just now, because Slack wants fewer questions',
    ],
  ],
  [
    'zh-CN',
    [
      '`full` ，是第一条匹配的规则：账号为 `prod` 或 `test` ，操作为创建，实例为 `es-cn-*` ，申请人为 `UREQUESTER` 、@ops，使用期限为 1 天 或 30 天',
      '批准进度 1/2：Alice',
      '目前可以批准的人：Bob &lt;!channel&gt;',
      '*你：* 你可以批准',
      '紧急情况下，你可以说明理由后单独批准',
      '事后须在 2 天内复核',
      '起，以下人员也可以审批：Carol',
      '过期。',
      'stocktaking',
      'Carol 已离开',
      '@ops 暂时无法读取',
    ],
  ],
])('in %s', (locale, facts) => {
  it('one who may approve reads all that there is to know', () => {
    const text = explained(locale, of(pending, BOB));
    for (const fact of facts) expect(text).toContain(fact);
  });

  it('nobody is mentioned in an explanation, and no markup comes in with a name', () => {
    for (const reader of [ALICE, BOB, REQUESTER]) {
      expect(explained(locale, of(pending, reader))).not.toMatch(/<@|<!(?!date)|\*&lt;/);
    }
  });

  it('has nothing that was never filled in, and room for each in its place', () => {
    for (const each of everything(locale)) expect(each).not.toMatch(/undefined|\[object|NaN|\$\{/);
    const { explain, home } = messagesFor(locale);
    expect(Math.max(explain.title.length, explain.close.length)).toBeLessThanOrEqual(24);
    expect(home.newRequest.length).toBeLessThanOrEqual(75);
  });

  it('knows a request by its id where there is no card, and by its card where there is one', () => {
    const { home } = messagesFor(locale);
    expect(home.waits({ request: pending })).toContain(ID);
    const card = { channel: 'C0APPROVALS', permalink: 'https://acme.slack.com/archives/C0APPROVALS/p1' };
    expect(home.waits({ request: pending, card })).toContain(`<${card.permalink}|`);
    expect(home.waits({ request: pending, card })).not.toContain(ID);
  });
});

it('an endpoint that is wanted for a while says until when', () => {
  const succeeded = given(...SUCCEEDED).as('succeeded');
  const until = `<!date^${(T0 + 30 * 24 * HOUR) / 1_000}^`;
  expect(messagesFor('en').home.owned({ request: succeeded }, '')).toContain(`wanted until ${until}`);
  expect(messagesFor('zh-CN').home.owned({ request: succeeded }, '')).toContain(`使用期限至 ${until}`);
});

describe('the Chinese ones', () => {
  const words = everything('zh-CN')
    .flatMap((each) => each.split('\n'))
    .map((line) =>
      line
        .replace(/`[^`]*`/g, '`')
        .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
        .replace(/<[@#!][^>]*>/g, '<>')
        .replace(/:[a-z_]+:/g, '☺')
        .replace(/“[^”]*”/g, '“”'),
    );
  const HAN = '\\p{Script=Han}';

  it('are in Chinese', () => {
    expect(words.filter((line) => /[A-Za-z]{3}/.test(line) && !/\p{Script=Han}/u.test(line))).toEqual([]);
  });

  it('have full-width punctuation, and a space beside other letters', () => {
    expect(words.filter((line) => new RegExp(`${HAN}[,.;:!?()]|[,;!?()]${HAN}`, 'u').test(line))).toEqual([]);
    expect(words.filter((line) => new RegExp(`${HAN}[A-Za-z0-9\`<]|[A-Za-z0-9\`>]${HAN}`, 'u').test(line))).toEqual([]);
  });

  it('have room around what is bold', () => {
    const tight = words.filter((line) => /[^\s*]\*[^*]+\*|\*[^*]+\*[^\s*]/.test(line));
    expect(tight).toEqual([]);
  });
});
