import { describe, expect, it } from 'vitest';
import { CODES, type FailureReason, judgeProblem } from '../../src/domain/cloud-errors.ts';
import type { ClickRefusal, Failure } from '../../src/domain/refusals.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import { ALICE, ASKED, answered, BOB, made, OTHER, T0 } from '../support/samples.ts';

const { failures, refusals, clicks } = messagesFor('en');
const LINK = 'https://acme.slack.com/archives/C1/p1';

describe('a failure', () => {
  const reasons = [...new Set(Object.keys(CODES).map((key) => judgeProblem(answered(key.replace('*', 'X'))).reason))];

  it.each<FailureReason>([
    ...reasons,
    'outcome-unclear',
    'no-credentials',
    'cloud-unreachable',
    'call-window-over',
    'refused-otherwise',
  ])('%s: what happened, and what to do', (reason) => {
    const said = failures.written(failures.explain(reason));
    expect(said).toMatch(/^\S.+\.\n\*What to do:\* \S.+\.$/);
    expect(failures.brief(reason)).not.toMatch(/[.\n]/);
  });

  it('names the missing permission, the RequestId, the cloud’s words and where to read on', () => {
    const problem = {
      ...answered('Forbidden.RAM', 403),
      missingAction: 'elasticsearch:CreateVpcEndpoint',
      requestId: 'R-1',
      message: 'no <way>',
    };
    expect(failures.explain('access-denied', problem).next).toContain('`elasticsearch:CreateVpcEndpoint`');
    expect(failures.facts(problem)).toEqual([
      'Code: `Forbidden.RAM` (HTTP 403)',
      'Alibaba Cloud says: “no &lt;way&gt;”',
      'Missing RAM action: `elasticsearch:CreateVpcEndpoint`',
      'RequestId: `R-1`',
      '<https://api.alibabacloud.com/troubleshoot?q=Forbidden.RAM&amp;product=elasticsearch&amp;requestId=R-1|How to solve it (Alibaba Cloud)>',
    ]);
  });
});

describe('a refusal', () => {
  it.each<[Failure, readonly string[]]>([
    [{ kind: 'no-rule' }, ['`prod`', 'rule']],
    [{ kind: 'not-allowed', standing: 'guest' }, ['guest', 'full member']],
    [{ kind: 'not-allowed', standing: 'unknown' }, ['Slack could not tell', 'again']],
    [{ kind: 'target-taken', by: OTHER, link: LINK }, [`\`${OTHER}\``, LINK]],
    [
      { kind: 'endpoint-exists', endpoint: 'ep-1', domain: 'ep-1.example' },
      ['`ep-1`', '`ep-1.example`', 'Use this endpoint'],
    ],
    [{ kind: 'instance-not-active', status: 'inactive' }, ['`inactive`', 'active again']],
    [{ kind: 'instance-too-old', createdAt: '2020-09-30T00:00:00Z' }, ['October 2020', '2020-09-30']],
    [{ kind: 'service-not-active', status: 'Pending' }, ['`Pending`', 'owner']],
    [
      { kind: 'zone-not-offered', zones: ['cn-hangzhou-b', 'cn-hangzhou-c'] },
      ['`cn-hangzhou-i`', '`cn-hangzhou-b`, `cn-hangzhou-c`'],
    ],
    [{ kind: 'zone-not-offered', zones: [] }, ['no zone at all']],
    [{ kind: 'dry-run-created', endpoint: made('ep-oops') }, ['`ep-oops`', 'stopped', 'operator']],
    [{ kind: 'cloud', reason: 'clock-skew', problem: answered('InvalidTimeStamp.Expired') }, ['15 minutes']],
    [{ kind: 'gave-up', problem: answered('IdempotentFailed') }, ['ClientToken', 'console']],
  ])('%o: why, and what to do', (refusal, saying) => {
    const said = failures.written(refusals.explain(refusal, ASKED.operation));
    for (const each of [...saying, 'What to do']) expect(said).toContain(each);
    expect(refusals.brief(refusal, ASKED.operation)).not.toContain('\n');
  });
});

describe('a click that changed nothing', () => {
  it.each<[ClickRefusal, readonly string[]]>([
    [
      { kind: 'already-decided', status: 'succeeded', by: [ALICE, BOB], at: T0 },
      ['already approved', `<@${ALICE}>, <@${BOB}>`, '2026-01-05 09:00 UTC', 'exists by now'],
    ],
    [{ kind: 'already-decided', status: 'rejected', by: [BOB], at: T0 }, ['already rejected', `<@${BOB}>`, '09:00']],
    [{ kind: 'already-decided', status: 'cancelled', by: [BOB], at: T0 }, ['already cancelled', `<@${BOB}>`]],
    [{ kind: 'already-decided', status: 'expired', by: [], at: T0 }, ['It expired on', '09:00', 'without a decision.']],
    [{ kind: 'already-decided', status: 'something-new', by: [BOB] }, ['already decided', `<@${BOB}>`]],
    [{ kind: 'old-revision', current: 3 }, ['revision 3', 'edited']],
    [{ kind: 'not-an-approver', rule: 'production' }, ['`production`', 'The card names them']],
    [{ kind: 'requester-may-not-approve', rule: 'production' }, ['asked for it yourself', '`production`']],
    [{ kind: 'approved-before', at: T0 }, ['already', '09:00']],
    [{ kind: 'no-place-left', rule: 'production' }, ['`production`']],
    [{ kind: 'only-requester' }, ['Only the person who asked']],
    [{ kind: 'only-requester-or-approver', rule: 'production' }, ['`production`']],
    [{ kind: 'standing', standing: 'stranger' }, ['another workspace']],
    [{ kind: 'standing', standing: 'unknown' }, ['try again']],
    [{ kind: 'groups-unreadable' }, ['user groups', 'try again']],
    [{ kind: 'not-possible-now', status: 'checking' }, ['being checked']],
    [{ kind: 'not-possible-now', status: 'toString' }, ['not possible']],
    [{ kind: 'target-taken', by: OTHER, link: LINK }, [OTHER, LINK]],
    [{ kind: 'endpoint-not-a-candidate' }, ['candidates']],
    [{ kind: 'no-such-request' }, ['not known']],
  ])('%o', (refusal, saying) => {
    const said = clicks.answer(refusal, 'approve');
    expect(said).toContain('Your approval was not counted.');
    for (const each of saying) expect(said).toContain(each);
  });

  it.each(['refused', 'checked', 'rejected', 'cancelled', 'expired', 'succeeded', 'failed', 'needs-attention'])(
    'in status %s sends nobody back to a card that will say the same',
    (status) => {
      const refusal = { kind: 'not-possible-now', status } as const;
      expect(clicks.answer(refusal, 'cancel')).not.toContain('in a moment');
      expect(messagesFor('zh-CN').clicks.answer(refusal, 'cancel')).not.toContain('稍后');
    },
  );

  it('says what was not done', () => {
    expect(clicks.answer({ kind: 'standing', standing: 'guest' }, 'show')).toContain('Nothing is shown.');
    expect(clicks.answer({ kind: 'only-requester' }, 'cancel')).toContain('The request was not cancelled.');
    expect(clicks.answer({ kind: 'only-requester' }, 'constructor')).toContain('Nothing was changed.');
  });
});
