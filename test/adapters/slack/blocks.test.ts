import type { Button, KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { blocksTextLength } from '../../../sandbox/slack/validate/blocks.ts';
import { refuseMessage } from '../../../sandbox/slack/validate/message.ts';
import { buttonValue, parseButtonValue } from '../../../src/adapters/slack/blocks/button-value.ts';
import { cardView } from '../../../src/adapters/slack/blocks/card.ts';
import { outgoingMessage } from '../../../src/adapters/slack/blocks/outgoing.ts';
import type { About } from '../../../src/application/record.ts';
import type { Asked } from '../../../src/domain/asked.ts';
import type { RequestEvent } from '../../../src/domain/events.ts';
import type { Roster } from '../../../src/domain/policy/roster.ts';
import type { Rule } from '../../../src/domain/policy/rule.ts';
import type { Request, Status, Succeeded } from '../../../src/domain/request.ts';
import {
  ALICE,
  APPROVED,
  ASKED,
  ATTENTION,
  answered,
  approvalBy,
  BOB,
  CHECKING,
  EXECUTING,
  FAILED,
  HOUR,
  ID,
  listed,
  made,
  OPS,
  PENDING,
  REQUESTER,
  RULE,
  report,
  SUCCEEDED,
  submitted,
  T0,
  UNKNOWN,
} from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { outgoing, PRESENTATION, recordWith, sentCard } from './announcer-stage.ts';

const LINK = 'https://acme.slack.com/archives/C0APPROVALS/p1';
const PRECHECK: Asked = { ...ASKED, mode: 'precheck' };
const { operation } = ASKED;
const EXISTS = { kind: 'endpoint-exists', endpoint: 'ep-1', domain: 'ep-1.example' } as const;

const IN: { readonly [S in Status]: readonly RequestEvent[] } = {
  checking: CHECKING,
  refused: [...CHECKING, { type: 'refused', refusal: { kind: 'zone-not-offered', zones: ['cn-hangzhou-b'] } }],
  checked: [submitted(PRECHECK), { type: 'precheck-completed', report: report({}) }],
  pending: PENDING,
  rejected: [...PENDING, { type: 'rejected', by: ALICE, reason: 'not *this* week <!channel>' }],
  cancelled: [...PENDING, { type: 'cancelled', by: REQUESTER }],
  expired: [...PENDING, { type: 'expired' }],
  approved: APPROVED,
  executing: EXECUTING,
  unknown: UNKNOWN,
  'needs-attention': ATTENTION,
  failed: FAILED,
  succeeded: SUCCEEDED,
};
const inStatus = (status: Status): Request => given(...IN[status]).request;
const succeeded = (over: Partial<Succeeded> = {}): Succeeded => ({ ...given(...SUCCEEDED).as('succeeded'), ...over });

const card = (request: Request) => cardView(request, PRESENTATION);
const shown = ({ blocks }: { readonly blocks: readonly KnownBlock[] }): string => JSON.stringify(blocks);
const buttons = (blocks: readonly KnownBlock[]): readonly Button[] =>
  blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])) as Button[];

describe('the card', () => {
  const BUTTONS: { readonly [S in Status]: readonly string[] } = {
    checking: [],
    refused: ['edit'],
    checked: [],
    pending: ['approve', 'reject', 'approve_with_note', 'why', 'edit', 'remind', 'cancel'],
    rejected: ['ask_again'],
    cancelled: ['ask_again'],
    expired: ['ask_again'],
    approved: [],
    executing: [],
    unknown: [],
    'needs-attention': ['choose_endpoint'],
    failed: ['retry'],
    succeeded: [],
  };

  it.each(Object.keys(IN) as Status[])(
    'in status %s is valid, says who, what and why, and offers what can be done',
    (status) => {
      const request = inStatus(status);
      const view = card(request);
      expect(refuseMessage(view)).toBeUndefined();
      expect(buttons(view.blocks).map((each) => each.action_id)).toEqual(BUTTONS[status]);
      for (const each of buttons(view.blocks)) expect(each.value).toBe(`${ID}:1`);
      for (const said of [
        operation.instanceId,
        operation.serviceId,
        operation.zoneId,
        `<@${REQUESTER}>`,
        ASKED.reason,
        ID,
      ]) {
        expect(shown(view)).toContain(said);
        expect(view.text).toContain(said);
      }
      expect(shown(view)).toContain('cn-hangzhou)');
    },
  );

  it('names the precheck’s items and the three things of the dry run, whatever came of them', () => {
    const items = report({
      instance: { verdict: 'passed', detail: 'logs <of> production' },
      zone: { verdict: 'failed', refusal: { kind: 'zone-not-offered', zones: ['cn-hangzhou-b'] } },
      'dry-run': { verdict: 'not-checked', reason: 'throttled' },
    });
    const view = card(given(...CHECKING, { type: 'precheck-passed', report: items }).request);
    expect(shown(view)).toMatch(/✓ The instance is active[^"]*logs &lt;of&gt; production/);
    expect(shown(view)).toMatch(/✗ Zone: /);
    expect(shown(view)).toContain(
      '– Dry run (AccessKey pair, RAM authorisation, required parameters): not checked, Alibaba Cloud is throttling',
    );
  });

  const ROSTER: Roster = {
    people: [
      { id: ALICE, name: 'alice <a>', standing: 'member' },
      { id: BOB, name: 'bob', standing: 'deactivated' },
      { id: 'UCAROL', standing: 'member', outside: true },
    ],
    groups: [{ id: OPS, name: 'ops', members: [ALICE, 'UCAROL'] }],
  };
  const TWO = { ...RULE, steps: [{ users: [ALICE, BOB], groups: [OPS], required: 2 }] };
  const waiting = (rule: Rule, roster?: Roster, ...history: readonly RequestEvent[]) =>
    shown(
      card(
        given(
          submitted(ASKED, rule),
          { type: 'precheck-passed', report: report({}), ...(roster === undefined ? {} : { roster }) },
          ...history,
        ).request,
      ),
    );

  it('names the rule, who may approve, how far it is, and until when', () => {
    const said = waiting(TWO, undefined, approvalBy(ALICE));
    expect(said).toContain('Rule `production`');
    expect(said).toContain(`any 2 of \`${ALICE}\`, \`${BOB}\` and the members of \`${OPS}\``);
    expect(said).toContain(`Approved *1 of 2*: <@${ALICE}>`);
    expect(said).toContain(`<!date^${(T0 + RULE.expiresAfterMs) / 1_000}^{date_short} {time}|2026-01-05 17:00 UTC>`);
  });

  it('names people as Slack shows them, and alerts none of them', () => {
    const said = waiting(TWO, ROSTER);
    expect(said).toContain('any 2 of alice &lt;a&gt;, bob and the members of @ops');
    expect(said).toContain('May still approve: alice &lt;a&gt;, `UCAROL`');
    expect(said).toContain('Told: by direct message `UCAROL`');
    expect(said).toContain('bob has left: the account is deactivated');
    for (const each of [ALICE, BOB, 'UCAROL']) expect(said).not.toContain(`<@${each}>`);
    expect(said).not.toContain('subteam');
  });

  it('alerts those whom the rule says to notify', () => {
    const said = waiting({ ...TWO, notify: { users: [BOB], groups: [OPS] } }, ROSTER);
    expect(said).toContain(`Told: <@${BOB}>, <!subteam^${OPS}>; by direct message \`UCAROL\``);
    expect(said).not.toContain(`<@${ALICE}>`);
  });

  it('says so when nobody is left who could complete it', () => {
    const left = 'Nobody is left who could complete this approval';
    const gone: Roster = {
      people: [ALICE, BOB].map((id) => ({ id, standing: 'deactivated' })),
      groups: [],
    };
    expect(waiting(RULE, gone)).toContain(left);
    expect(waiting(RULE, ROSTER)).not.toContain(left);
    // What Slack did not say may be otherwise a minute later.
    expect(waiting({ ...RULE, steps: [{ users: [], groups: [OPS], required: 1 }] }, gone)).not.toContain(left);
  });

  it('shows the notes of those who approved', () => {
    const approval = { by: ALICE, at: T0, groups: [], note: 'for a week' };
    const given = { type: 'approval-given', approval, progress: { filled: 1, required: 2, complete: false } } as const;
    expect(waiting(TWO, ROSTER, given)).toContain(`<@${ALICE}>: “for a week”`);
  });

  it('says when others may approve too, and that they may by now', () => {
    const rule = { ...RULE, escalation: { users: ['UCAROL'], groups: [], afterMs: HOUR } };
    expect(waiting(rule, ROSTER)).toContain('these may approve too: `UCAROL`');
    const escalated = waiting(rule, ROSTER, { type: 'escalated', to: { users: ['UCAROL'], groups: [] } });
    expect(escalated).toContain('More people were asked');
    expect(escalated).toContain('any 1 of alice &lt;a&gt;, bob, `UCAROL`');
    expect(escalated).not.toContain('these may approve too');
  });

  it('offers the emergency only where the rule has one, and its review until it is done', () => {
    const rule: Rule = { ...RULE, emergency: { users: ['UCAROL'], groups: [], reviewWithinMs: HOUR } };
    const history = [submitted(ASKED, rule), { type: 'precheck-passed', report: report({}) } as const] as const;
    const ids = (...events: readonly RequestEvent[]) =>
      buttons(card(given(...history, ...events).request).blocks).map((each) => each.action_id);
    expect(ids()).toContain('approve_alone');
    const emergency = { by: 'UCAROL', reason: 'it burns' };
    const alone = { type: 'approved', by: ['UCAROL'], rule: RULE.name, emergency } as const;
    expect(ids(alone)).toEqual(['review']);
    expect(shown(card(given(...history, alone).request))).toContain('*A review is owed*');
    const reviewed = { type: 'reviewed', by: ALICE, verdict: 'not-in-order', note: 'it did not burn' } as const;
    expect(ids(alone, reviewed)).toEqual([]);
    expect(shown(card(given(...history, alone, reviewed).request))).toContain('*not in order*, “it did not burn”');
  });

  it('has two rows of buttons at most, the first with those that decide', () => {
    const rows = card(inStatus('pending')).blocks.flatMap((block) =>
      block.type === 'actions' ? [block.elements.map((each) => ('action_id' in each ? each.action_id : ''))] : [],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]?.slice(0, 2)).toEqual(['approve', 'reject']);
  });

  it('says what the last edit changed', () => {
    const asked = { ...ASKED, lifetime: 'permanent' } as const;
    const ruling = { kind: 'governed', rule: RULE, expiresAt: T0 } as const;
    const edited = { type: 'edited', by: REQUESTER, revision: 2, asked, before: ASKED, ruling } as const;
    const said = shown(card(given(...PENDING, edited).request));
    expect(said).toContain('Revision 2 changed: lifetime `30 days` → `permanent`');
  });

  it('says until when a freeze keeps its create back', () => {
    const frozen = { type: 'frozen', until: T0 + HOUR, reason: 'year end' } as const;
    expect(shown(card(given(...APPROVED, frozen).request))).toMatch(/A freeze keeps creates back until .*“year end”/);
  });

  it('shows for comparison what the bot will call or would have called, and never where that leads round a no', () => {
    const body = `{\\"serviceId\\":\\"${operation.serviceId}\\",\\"zoneId\\":\\"${operation.zoneId}\\"}`;
    const command = `aliyun elasticsearch POST /openapi/instances/${operation.instanceId}/vpc-endpoints --body '${body}'`;
    const explorer = 'https://api.aliyun.com/api/elasticsearch/2017-06-13/CreateVpcEndpoint?params=%7B';
    const shows = (request: Request) => [command, explorer].map((each) => shown(card(request)).includes(each));
    for (const status of Object.keys(IN) as Status[]) {
      const expected = ['pending', 'checked', 'failed'].includes(status);
      expect(shows(inStatus(status)), status).toEqual([expected, expected]);
    }
    expect(shown(card(inStatus('pending')))).toContain('what the bot will call once it is approved');
    const failedCheck = report({ duplicate: { verdict: 'failed', refusal: EXISTS } });
    const checked = given(submitted(PRECHECK), { type: 'precheck-completed', report: failedCheck }).request;
    expect(shows(checked)).toEqual([false, false]);
    expect(shows(given(...EXECUTING, { type: 'failed', failure: EXISTS }).request)).toEqual([false, false]);
    // A failure that may have left an endpoint.
    const failure = { kind: 'cloud', reason: 'token-reused', problem: answered('IdempotentFailed') } as const;
    expect(shows(given(...UNKNOWN, { type: 'failed', failure }).request)).toEqual([false, false]);
  });

  it('says of a precheck that found something that it would not work, and what to do', () => {
    const failedCheck = report({ duplicate: { verdict: 'failed', refusal: EXISTS } });
    const view = card(given(submitted(PRECHECK), { type: 'precheck-completed', report: failedCheck }).request);
    for (const said of [
      '*Precheck complete: it would not work as asked.*',
      'Use this endpoint',
      '✗ Existing endpoints:',
    ]) {
      expect(shown(view)).toContain(said);
      expect(view.text).toContain(said);
    }
    expect(card(inStatus('checked')).text).toContain(':white_check_mark: *Precheck complete.*');
  });

  it('says whether the checks refused it, or the rules', () => {
    expect(card(inStatus('refused')).text).toContain('*Refused by the checks.*');
    const ruling = { kind: 'refused', refusal: { kind: 'no-rule' } } as const;
    const { text } = card(given({ ...submitted(), ruling } as RequestEvent).request);
    expect(text).toContain('*Refused.*');
    expect(text).not.toContain('by the checks');
  });

  it('says after a failure what happened, what to do, and where to read on', () => {
    const problem = {
      ...answered('Forbidden.RAM', 403),
      requestId: 'R-1',
      missingAction: 'elasticsearch:CreateVpcEndpoint',
    };
    const failure = { kind: 'cloud', reason: 'access-denied', problem } as const;
    const view = card(given(...EXECUTING, { type: 'failed', failure }).request);
    for (const said of ['RequestId: `R-1`', 'What to do', 'elasticsearch:CreateVpcEndpoint', 'requestId=R-1']) {
      expect(shown(view)).toContain(said);
      expect(view.text).toContain(said);
    }
  });

  it('says what an approved request waits for', () => {
    const halted = given(...APPROVED, { type: 'account-halted', retryAt: T0 }).request;
    expect(shown(card(halted))).toContain('Creates of the account `prod` are stopped');
    const postponed = given(...EXECUTING, {
      type: 'create-postponed',
      problem: answered('Throttling.User'),
      retryAt: T0,
    }).request;
    expect(shown(card(postponed))).toContain(
      'The last attempt brought no endpoint: Alibaba Cloud is throttling (`Throttling.User`). The next one is not before',
    );
  });

  it('says that nothing is sent while the outcome is read back', () => {
    expect(card(inStatus('unknown')).text).toContain('nothing is sent meanwhile');
  });

  it('shows the endpoint, who and how, and warns of what is odd', () => {
    const plain = shown(card(succeeded()));
    expect(plain).toContain('ep-new.privatelink.aliyuncs.com');
    expect(plain).toContain(`For <@${REQUESTER}>, approved by <@${ALICE}>`);
    expect(plain).not.toContain(':warning:');
    const odd = succeeded({
      endpoint: { ...made('ep-new'), serviceId: 'epsrv-other', requestId: 'R-9' },
      how: 'found',
      ghosts: [listed('ep-ghost')],
    });
    for (const said of ['epsrv-other', 'R-9', 'ep-ghost', 'reading the instance’s endpoints back', ':warning:']) {
      expect(shown(card(odd))).toContain(said);
      expect(card(odd).text).toContain(said);
    }
  });

  it('lets nobody’s words pass for markup', () => {
    const reason = '<!channel> *Approved* by <@UALICE>\n> `x` & more';
    const said = shown(card(given(submitted({ ...ASKED, reason })).request));
    expect(said).toContain('> &lt;!channel&gt; *Approved* by &lt;@UALICE&gt;\\n> &gt; `x` &amp; more');
    expect(said).not.toContain('<!channel>');
  });
});

describe('a button’s value', () => {
  it('is the request and its revision, and nothing else is read from one', () => {
    expect(parseButtonValue(buttonValue({ id: ID, revision: 12 }))).toEqual({ id: ID, revision: 12 });
    for (const wrong of [
      '',
      ID,
      `${ID}:`,
      `${ID}:0`,
      `${ID}:1:2`,
      `${ID}:1e3`,
      `${ID}: 1`,
      'req_short:1',
      `x${ID}:1`,
    ]) {
      expect(parseButtonValue(wrong), wrong).toBeUndefined();
    }
  });
});

describe('the other messages', () => {
  const view = (about: About, request: Request = inStatus('succeeded'), plain = false) => {
    const message = outgoing(about, { kind: 'channel', channel: 'C0APPROVALS' }, `${about.kind}-1`);
    const record = recordWith(request, sentCard('C0APPROVALS', '1.2', LINK), message);
    const made = outgoingMessage(message, record, plain, PRESENTATION);
    expect(refuseMessage(made)).toBeUndefined();
    expect(made.metadata).toEqual({
      event_type: 'vpc_endpoint_message',
      event_payload: { request_id: ID, message: `${about.kind}-1` },
    });
    return made;
  };
  const told = (event: RequestEvent) => ({ at: T0, event });
  const notice = (event: RequestEvent, request?: Request) => view({ kind: 'notice', told: told(event) }, request);

  it('result: the domain to copy, who asked and approved, how to use it, what is still needed, the card', () => {
    const { text, blocks } = view({ kind: 'result' });
    for (const said of [
      '```ep-new.privatelink.aliyuncs.com```',
      '`ep-new`',
      operation.serviceId,
      `<@${REQUESTER}>`,
      `<@${ALICE}>`,
      'reindex from remote',
      'Connection: not up yet',
      LINK,
    ]) {
      expect(shown({ blocks })).toContain(said);
      expect(text).toContain(said);
    }
  });

  it('thread: one line for each transition, all told in one reply', () => {
    const events = IN.succeeded;
    const { text, blocks } = view({ kind: 'thread', told: events.map(told) });
    expect(text.split('\n')).toHaveLength(events.length);
    expect(shown({ blocks })).toContain(`<@${ALICE}> approved it (1 of 1)`);
    expect(text).toContain('|2026-01-05 09:00 UTC> · ');
  });

  it('thread: after a long silence still one line for each', () => {
    const many = Array.from({ length: 110 }, () =>
      told({ type: 'create-postponed', problem: answered('Throttling'), retryAt: T0 }),
    );
    const { text, blocks } = view({ kind: 'thread', told: many });
    expect(text.split('\n')).toHaveLength(110);
    for (const line of text.split('\n')) {
      expect(line).toContain('2026-01-05 09:00 UTC · Nothing was created (`Throttling`); the next attempt is');
    }
    expect(blocksTextLength(blocks)).toBeLessThan(13_200);
  });

  it('notice of a refusal: why, what to do, and the way to edit it, as long as there is something to edit', () => {
    const refused = { type: 'refused', refusal: { kind: 'zone-not-offered', zones: ['cn-hangzhou-b'] } } as const;
    const first = notice(refused, inStatus('refused'));
    expect(first.text).toContain('cn-hangzhou-b');
    expect(first.text).toContain('What to do');
    expect(buttons(first.blocks).map(({ action_id, value }) => [action_id, value])).toEqual([['edit', `${ID}:1`]]);
    expect(buttons(notice(refused, inStatus('pending')).blocks)).toEqual([]);
    const ruling = { kind: 'refused', refusal: { kind: 'no-rule' } } as const;
    const atOnce = notice({ ...submitted(), ruling } as RequestEvent, inStatus('refused'));
    expect(buttons(atOnce.blocks)).toHaveLength(1);
  });

  it.each<[RequestEvent, readonly string[]]>([
    [{ type: 'precheck-passed', report: report({}) }, ['waiting for approval', `\`${ALICE}\``, LINK]],
    [{ type: 'result-channel-closed', channel: 'C0SECRET' }, ['<#C0SECRET>', ID, '/invite', 'direct message']],
    [{ type: 'precheck-completed', report: report({}) }, ['✓ Dry run', 'Nothing was created']],
    [
      { type: 'precheck-completed', report: report({ duplicate: { verdict: 'failed', refusal: EXISTS } }) },
      [':x:', 'it would not work as asked', '*What to do:* Use this endpoint', '✗ Existing endpoints'],
    ],
    [{ type: 'sent-back', revision: 2, why: { kind: 'approval-too-old' }, report: report({}) }, ['new approval', LINK]],
    [{ type: 'rejected', by: ALICE, reason: 'not now' }, [`<@${ALICE}>`, '> not now', 'What to do']],
    [{ type: 'expired' }, ['/vpc-endpoint create']],
    [
      { type: 'failed', failure: { kind: 'gave-up', problem: answered('IdempotentFailed') } },
      ['IdempotentFailed', 'What to do', '*Retry* on the card', LINK],
    ],
    [{ type: 'attention-needed', candidates: [listed('ep-1'), listed('ep-2')] }, ['`ep-1`, `ep-2`', LINK]],
    [{ type: 'succeeded', endpoint: made('ep-new'), how: 'answered' }, ['```ep-new.privatelink.aliyuncs.com```', LINK]],
    [{ type: 'ghost-seen', endpoints: [listed('ep-ghost')] }, ['`ep-ghost`', 'deletes nothing']],
  ])('notice of %o', (event, saying) => {
    const { text, blocks } = notice(event);
    for (const said of saying) {
      expect(text).toContain(said);
      expect(shown({ blocks })).toContain(said);
    }
  });

  it('a domain that is not known yet is said to be that, wherever it would stand', () => {
    const event = { type: 'succeeded', endpoint: { id: 'ep-new', domain: '' }, how: 'found' } as const;
    const request = succeeded({ endpoint: event.endpoint });
    const abouts: readonly About[] = [
      { kind: 'card' },
      { kind: 'result' },
      { kind: 'notice', told: told(event) },
      { kind: 'thread', told: [told(event)] },
      { kind: 'audit-line', told: told(event) },
    ];
    for (const about of abouts) {
      const message = outgoing(about, { kind: 'channel', channel: 'C0APPROVALS' });
      const { text } = outgoingMessage(message, recordWith(request, message), false, PRESENTATION);
      expect(text, about.kind).toMatch(/domain .*(not known|not shown by Alibaba Cloud) yet/i);
      expect(text, about.kind).not.toMatch(/:$|``/m);
    }
  });

  it('a refused acceptance is told with its reason and its RequestId, and with what helps', () => {
    const problem = { ...answered('Forbidden.RAM', 403), requestId: 'R-7', missingAction: 'privatelink:Enable' };
    const { connection } = succeeded();
    const accepting = (refused: typeof problem) =>
      succeeded({
        connection: { ...connection, phase: 'unaccepted', acceptance: { state: 'refused', problem: refused } },
      });
    const { text } = view({ kind: 'result' }, accepting(problem));
    for (const said of [
      'RAM policy',
      'R-7',
      'Missing RAM action: `privatelink:Enable`',
      'click the button on the card',
    ]) {
      expect(text).toContain(said);
    }
    const busy = view({ kind: 'result' }, accepting({ ...problem, ...answered('Throttling') }));
    expect(busy.text).not.toContain('by itself');
  });

  it('audit line: request, outcome, endpoint, link', () => {
    const line = view({
      kind: 'audit-line',
      told: told({ type: 'succeeded', endpoint: made('ep-new'), how: 'answered' }),
    });
    expect(line.text).toContain(`\`${ID}\` · *succeeded* · \`ep-new\``);
    expect(line.text).toContain(`<${LINK}|card>`);
    expect(line.text).not.toContain('\n');
  });

  it('alert: what happened, that creates are stopped, and how to resume', () => {
    const refusal = { kind: 'dry-run-created', endpoint: made('ep-oops') } as const;
    const { text } = view({ kind: 'alert', told: told({ type: 'refused', refusal }) });
    for (const said of ['`ep-oops`', '`prod`', 'stopped', 'npx vpc-endpoint-bot account resume prod'])
      expect(text).toContain(said);
  });

  it('answer: who decided what and when', () => {
    const refusal = { kind: 'already-decided', status: 'rejected', by: [BOB], at: T0 } as const;
    const { text } = view({ kind: 'answer', command: 'approve', refusal });
    expect(text).toContain(
      `Your approval was not counted. It was already rejected by <@${BOB}> on <!date^${T0 / 1_000}^`,
    );
  });

  it('plain: the same in text alone, and the card says where its buttons went', () => {
    const result = view({ kind: 'result' }, inStatus('succeeded'), true);
    expect(result.blocks).toEqual([]);
    expect(result.text).toContain('ep-new');
    const message = outgoing({ kind: 'card' }, { kind: 'channel', channel: 'C0APPROVALS' });
    const plain = outgoingMessage(message, recordWith(inStatus('pending'), message), true, PRESENTATION);
    expect(plain.blocks).toEqual([]);
    expect(plain.text).toContain(`/vpc-endpoint show ${ID}`);
    expect(plain.metadata.event_payload).toEqual({ request_id: ID, revision: 1, message: 'card' });
  });
});
