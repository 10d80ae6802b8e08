/** What the gallery's people ask for, and under which rule. */
import type { RequestId } from '../../src/domain/ids.ts';
import type { Approval } from '../../src/domain/policy.ts';
import type { Rule } from '../../src/domain/policy-types.ts';
import type { Asked } from '../../src/domain/request.ts';
import type { Pen } from './pen.ts';

export const REQUEST: Readonly<Record<'own' | 'other', RequestId>> = {
  own: 'req_01KJQ4N9X0ABCDEFGHJKMNPQRS',
  other: 'req_01KJQ4N9X0SRQPNMKJHGFEDCBA',
};

export const HOUR = 3_600_000;

export const CHANNELS = { approvals: 'C0APPROVALS', audit: 'C0AUDIT' } as const;
/** Where the command was typed, and where the result is to be posted. */
export const HERE = 'C0DATA';

export function asked(pen: Pen, over: Partial<Asked> = {}): Asked {
  return {
    operation: {
      kind: 'create',
      account: pen.account,
      instanceId: pen.instance,
      serviceId: pen.service,
      zoneId: pen.zone,
    },
    reason: pen.reason,
    mode: 'create',
    lifetime: '30d',
    ...over,
  };
}

export function rule(pen: Pen): Rule {
  return {
    name: pen.rule,
    match: { account: [pen.account], action: ['create'] },
    steps: [{ users: pen.approvers, groups: pen.groups, required: 1 }],
    selfApproval: false,
    expiresAfterMs: 24 * HOUR,
    approvalValidForMs: 24 * HOUR,
  };
}

/** Several steps, as many places in each as the config file allows. */
export function strictRule(pen: Pen): Rule {
  const required = pen.name === 'longest' ? 100 : 1;
  const steps = [
    { users: pen.approvers.slice(0, 1), groups: [], required: 1 },
    { users: [], groups: pen.groups, required },
    ...Array.from({ length: pen.name === 'longest' ? 10 : 0 }, () => ({
      users: pen.approvers,
      groups: pen.groups,
      required,
    })),
  ];
  return { ...rule(pen), steps };
}

/** @param count of those who have approved, where there are only a few. */
export function approvals(pen: Pen, count = 1): readonly Approval[] {
  const shown = pen.name === 'longest' ? pen.approvers : pen.approvers.slice(0, count);
  return shown.map((by) => ({ by, at: pen.at, groups: pen.groups }));
}
