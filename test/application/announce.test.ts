/** Which messages each event calls for: one row an event, and no event without a row. */
import { describe, expect, it } from 'vitest';
import { announce } from '../../src/application/announce.ts';
import type { About, Destination } from '../../src/application/record.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import type { Roster } from '../../src/domain/policy/roster.ts';
import type { Request } from '../../src/domain/request.ts';
import {
  ALICE,
  APPROVED,
  ASKED,
  ATTENTION,
  approvalBy,
  approved,
  BOB,
  CHECKING,
  claimed,
  EXECUTING,
  FAILED,
  FORBIDDEN,
  listed,
  made,
  PASSED,
  PENDING,
  precheckPassed,
  REQUESTER,
  RULE,
  rechecked,
  SUCCEEDED,
  slotReserved,
  submitted,
  T0,
  TIMEOUT,
  UNKNOWN,
  unclear,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const CHANNELS = { approvals: 'CAPPROVALS', audit: 'CAUDIT' };
const noRule = { kind: 'refused', refusal: { kind: 'no-rule' } } as const;
const refused = { type: 'refused', refusal: { kind: 'instance-not-active', status: 'inactive' } } as const;
const unruled = { type: 'refused', refusal: { kind: 'no-rule' } } as const;

/** Each message as `what → where`. */
const told = (request: Request, event: RequestEvent, channels: { approvals: string; audit?: string } = CHANNELS) => {
  const { thread, messages } = announce(request, event, T0, channels);
  return [thread, ...messages.map(({ about, to }) => `${about.kind} → ${place(to)}`)];
};
const place = (to: Destination): string =>
  to.kind === 'channel' ? to.channel : to.kind === 'card-thread' ? 'thread' : `${to.kind} ${to.user}`;
const ME = `person ${REQUESTER}`;
const NOBODY: Roster = { people: [], groups: [] };

const ROWS: {
  readonly [T in RequestEvent['type']]: readonly [Request, Extract<RequestEvent, { type: T }>, readonly unknown[]];
} = {
  submitted: [given(...CHECKING).request, submitted() as never, [true]],
  edited: [
    given(...CHECKING).request,
    { type: 'edited', by: REQUESTER, revision: 2, asked: ASKED, before: ASKED, ruling: noRule },
    [true, `notice → ${ME}`],
  ],
  refused: [given(...CHECKING, refused).request, refused, [true, `notice → ${ME}`]],
  'precheck-postponed': [
    given(...CHECKING).request,
    { type: 'precheck-postponed', report: PASSED, retryAt: T0 },
    [false],
  ],
  'result-channel-closed': [
    given(...CHECKING).request,
    { type: 'result-channel-closed', channel: 'C1' },
    [false, `notice → ${ME}`],
  ],
  'precheck-passed': [
    given(...PENDING).request,
    precheckPassed as never,
    [true, 'card → CAPPROVALS', `notice → ${ME}`],
  ],
  'precheck-completed': [
    given(...CHECKING).request,
    { type: 'precheck-completed', report: PASSED },
    [false, `notice → ${ME}`],
  ],
  'approval-given': [given(...PENDING).request, approvalBy(ALICE) as never, [true]],
  approved: [given(...APPROVED).request, approved as never, [true]],
  'roster-read': [given(...PENDING).request, { type: 'roster-read', roster: NOBODY }, [false]],
  reminded: [given(...PENDING).request, { type: 'reminded', nextAt: T0 }, [true]],
  escalated: [given(...PENDING).request, { type: 'escalated', to: { users: ['UCAROL'], groups: [] } }, [true]],
  'rule-kept': [given(...PENDING).request, { type: 'rule-kept', version: 'v2' }, [false]],
  'rule-tightened': [
    given(...PENDING).request,
    { type: 'rule-tightened', version: 'v2', rule: RULE, was: 'before' },
    [true, `notice → ${ME}`],
  ],
  frozen: [given(...APPROVED).request, { type: 'frozen', until: T0 }, [true, `notice → ${ME}`]],
  'review-reminded': [given(...APPROVED).request, { type: 'review-reminded', nextAt: T0 }, [true]],
  reviewed: [
    given(...APPROVED).request,
    { type: 'reviewed', by: ALICE, verdict: 'in-order' },
    [true, 'audit-line → CAUDIT'],
  ],
  rejected: [
    given(...PENDING).request,
    { type: 'rejected', by: ALICE, reason: 'no' },
    [true, `notice → ${ME}`, 'audit-line → CAUDIT'],
  ],
  cancelled: [given(...PENDING).request, { type: 'cancelled', by: REQUESTER }, [true, 'audit-line → CAUDIT']],
  expired: [given(...PENDING).request, { type: 'expired' }, [true, `notice → ${ME}`, 'audit-line → CAUDIT']],
  'sent-back': [
    given(...PENDING).request,
    { type: 'sent-back', revision: 2, why: { kind: 'approval-too-old' }, report: PASSED },
    [true, `notice → ${ME}`],
  ],
  'recheck-postponed': [given(...APPROVED).request, { type: 'recheck-postponed', retryAt: T0 }, [false]],
  rechecked: [given(...APPROVED).request, rechecked() as never, [false]],
  'slot-reserved': [given(...APPROVED).request, slotReserved as never, [false]],
  'account-halted': [given(...APPROVED).request, { type: 'account-halted', retryAt: T0 }, [true]],
  'create-claimed': [given(...EXECUTING).request, claimed() as never, [true]],
  'create-postponed': [given(...APPROVED).request, { type: 'create-postponed', problem: TIMEOUT, retryAt: T0 }, [true]],
  'create-unclear': [given(...UNKNOWN).request, unclear as never, [true]],
  looked: [given(...UNKNOWN).request, { type: 'looked', found: 0, complete: true, nextLookAt: T0 }, [false]],
  'resend-cleared': [given(...APPROVED).request, { type: 'resend-cleared', retryAt: T0 }, [true]],
  'attention-needed': [
    given(...ATTENTION).request,
    { type: 'attention-needed', candidates: [listed('ep-1')] },
    [true, `notice → ${ME}`, 'audit-line → CAUDIT'],
  ],
  succeeded: [
    given(...SUCCEEDED).request,
    { type: 'succeeded', endpoint: made('ep-new'), how: 'answered' },
    [true, `result → ${ME}`, 'audit-line → CAUDIT'],
  ],
  failed: [
    given(...FAILED).request,
    { type: 'failed', failure: FORBIDDEN },
    [true, `notice → ${ME}`, 'audit-line → CAUDIT'],
  ],
  retried: [given(...APPROVED).request, { type: 'retried', by: REQUESTER }, [true]],
  disowned: [given(...APPROVED).request, { type: 'disowned', by: REQUESTER, candidates: [] }, [true]],
  'ghost-seen': [
    given(...SUCCEEDED).request,
    { type: 'ghost-seen', endpoints: [listed('ep-1')] },
    [true, `notice → ${ME}`, 'audit-line → CAUDIT'],
  ],
  watched: [given(...SUCCEEDED).request, { type: 'watched' }, [false]],
  'connection-looked': [given(...SUCCEEDED).request, { type: 'connection-looked', nextLookAt: T0 }, [false]],
  'connection-unaccepted': [
    given(...SUCCEEDED).request,
    { type: 'connection-unaccepted', byBot: false, nextLookAt: T0 },
    [true, `notice → ${ME}`],
  ],
  'acceptance-ordered': [given(...SUCCEEDED).request, { type: 'acceptance-ordered' }, [true]],
  'acceptance-claimed': [
    given(...SUCCEEDED).request,
    { type: 'acceptance-claimed', claim: { holder: 'run-1', since: T0, until: T0 } },
    [false],
  ],
  'acceptance-postponed': [
    given(...SUCCEEDED).request,
    { type: 'acceptance-postponed', retryAt: T0, lookFirst: false },
    [false],
  ],
  'connection-accepted': [given(...SUCCEEDED).request, { type: 'connection-accepted' }, [true]],
  'acceptance-refused': [
    given(...SUCCEEDED).request,
    { type: 'acceptance-refused', problem: TIMEOUT },
    [true, `notice → ${ME}`],
  ],
  connected: [given(...SUCCEEDED).request, { type: 'connected', awaited: true }, [true, `notice → ${ME}`]],
  'connection-down': [
    given(...SUCCEEDED).request,
    { type: 'connection-down', nextLookAt: T0 },
    [true, `notice → ${ME}`],
  ],
  'connection-ended': [given(...SUCCEEDED).request, { type: 'connection-ended' }, [true, `notice → ${ME}`]],
  'connection-unwatched': [given(...SUCCEEDED).request, { type: 'connection-unwatched' }, [true]],
  'domain-known': [given(...SUCCEEDED).request, { type: 'domain-known', domain: 'd' }, [true, `notice → ${ME}`]],
  'card-not-findable': [given(...PENDING).request, { type: 'card-not-findable' }, [false, `notice → ${ME}`]],
  'card-missed': [given(...PENDING).request, { type: 'card-missed', by: REQUESTER }, [false, `notice → ${ME}`]],
  'attempt-refused': [
    given(...PENDING).request,
    { type: 'attempt-refused', by: 'UEVE', what: 'approve', refusal: { kind: 'only-requester' } },
    [false],
  ],
};

describe('an event', () => {
  it.each(Object.entries(ROWS))('%s', (type, [request, event, expected]) => {
    expect(event.type).toBe(type);
    expect(told(request, event)).toEqual(expected);
  });

  it.each(Object.entries(ROWS))(
    '%s writes no audit line where there is no audit channel',
    (_type, [request, event, expected]) => {
      const without = expected.filter((each) => each !== 'audit-line → CAUDIT');
      expect(told(request, event, { approvals: 'CAPPROVALS' })).toEqual(without);
    },
  );

  it.each<[string, RequestEvent]>([
    ['a connection that the bot accepts itself', { type: 'connection-unaccepted', byBot: true, nextLookAt: T0 }],
    ['a connection that nobody waited for', { type: 'connected', awaited: false }],
  ])('%s is told in the thread alone', (_what, event) => {
    expect(told(given(...SUCCEEDED).request, event)).toEqual([true]);
  });

  it('is told with its time', () => {
    const { messages } = announce(given(...PENDING).request, { type: 'expired' }, T0 + 5, CHANNELS);
    const about: About = { kind: 'notice', told: { at: T0 + 5, event: { type: 'expired' } } };
    expect(messages[0]).toEqual({ about, to: { kind: 'person', user: REQUESTER } });
  });
});

describe('where it is told', () => {
  const from = { ...submitted(), origin: 'CORIGIN' } as RequestEvent;

  it('is where the requester asked, while they are likely to look there', () => {
    const ruledOut = { ...submitted(), ruling: noRule } as RequestEvent;
    expect(told(given({ ...ruledOut, origin: 'CORIGIN' } as RequestEvent).request, ruledOut)).toEqual([
      true,
      `notice → ephemeral ${REQUESTER}`,
    ]);
    expect(told(given(from, refused).request, refused)).toEqual([true, `notice → ephemeral ${REQUESTER}`]);
    expect(told(given(from, precheckPassed, { type: 'expired' }).request, { type: 'expired' })).toContain(
      `notice → ${ME}`,
    );
  });

  it('is where they read later when the policy has dropped what waited, and operators hear of it', () => {
    expect(told(given(from, precheckPassed, unruled).request, unruled)).toEqual([
      true,
      `notice → ${ME}`,
      'audit-line → CAUDIT',
    ]);
  });

  it('is the channel of the rule, and of the result', () => {
    const ruled = given(submitted({ ...ASKED, channel: 'CRESULT' }, { ...RULE, channel: 'CRULE' }), precheckPassed);
    expect(told(ruled.request, precheckPassed)).toContain('card → CRULE');
    const succeeded = { type: 'succeeded', endpoint: made('ep-1'), how: 'answered' } as const;
    expect(told(ruled.request, succeeded)).toEqual([true, 'result → CRESULT', `notice → ${ME}`, 'audit-line → CAUDIT']);
  });

  it('is the approvers’ channel too when a dry run made an endpoint', () => {
    const refusal = { kind: 'dry-run-created', endpoint: made('ep-oops') } as const;
    expect(told(given(...CHECKING).request, { type: 'refused', refusal })).toEqual([
      true,
      `notice → ${ME}`,
      'alert → CAPPROVALS',
      'audit-line → CAUDIT',
    ]);
    expect(told(given(...FAILED).request, { type: 'failed', failure: refusal })).toContain('alert → CAPPROVALS');
  });

  it('is the thread where the policy that changed names another rule, and nowhere where it does not', () => {
    const kept = { type: 'rule-kept', version: 'v2', instead: 'looser' } as const;
    expect(told(given(...PENDING).request, kept)).toEqual([true]);
  });

  it('is the card alone where the rule asks nobody', () => {
    const open = given(submitted(ASKED, { ...RULE, steps: [] }), precheckPassed);
    expect(told(open.request, precheckPassed)).toEqual([true, 'card → CAPPROVALS']);
  });

  it('is the audit channel where somebody approved alone', () => {
    const emergency = { by: ALICE, reason: 'it burns' };
    const alone = { type: 'approved', by: [ALICE], rule: RULE.name, emergency } as const;
    expect(told(given(...PENDING, alone).request, alone)).toEqual([true, 'audit-line → CAUDIT']);
  });

  it('says once that the check is held up', () => {
    const postponed = { type: 'precheck-postponed', report: PASSED, retryAt: T0 } as const;
    const tries = (count: number) => given(...CHECKING, ...Array.from({ length: count }, () => postponed)).request;
    const heard = [1, 2, 3, 4].map((count) => told(tries(count), postponed).length - 1);
    expect(heard).toEqual([0, 0, 1, 0]);
  });
});

describe('whoever may approve and is not in the card’s private channel', () => {
  const roster: Roster = {
    people: [
      { id: ALICE, standing: 'member', outside: true },
      { id: BOB, standing: 'member' },
      { id: 'UEVE', standing: 'member', outside: true },
    ],
    groups: [],
  };
  const passed = { ...precheckPassed, roster } as RequestEvent;
  const copy = `copy → person ${ALICE}`;

  it('gets the card, as soon as it is known', () => {
    expect(told(given(...CHECKING, passed).request, passed)).toEqual([
      true,
      'card → CAPPROVALS',
      copy,
      `notice → ${ME}`,
    ]);
    const read = { type: 'roster-read', roster } as const;
    expect(told(given(...PENDING, read).request, read)).toEqual([false, copy]);
  });

  it.each<RequestEvent>([{ type: 'reminded' }, { type: 'escalated', to: { users: [], groups: [] } }])(
    'is told that it is $type, beside the card',
    (event) => {
      expect(told(given(...CHECKING, passed).request, event)).toEqual([true, copy, `notice → person ${ALICE}`]);
    },
  );

  it('is not called any more once they have approved', () => {
    const two = given(submitted(ASKED, { ...RULE, steps: [{ users: [ALICE, BOB], groups: [], required: 2 }] }));
    const half = two.happened(passed, approvalBy(ALICE)).request;
    expect(told(half, { type: 'reminded' })).toEqual([true]);
  });

  it('is written to only where they are not too many', () => {
    const users = Array.from({ length: 50 }, (_, n) => `U${n}`);
    const crowd: Roster = {
      people: users.map((id) => ({ id, standing: 'member', outside: true })),
      groups: [],
    };
    const many = given(submitted(ASKED, { ...RULE, steps: [{ users, groups: [], required: 1 }] }));
    const read = { type: 'roster-read', roster: crowd } as const;
    expect(told(many.happened(precheckPassed, read).request, read)).toHaveLength(1 + 20);
  });
});
