/** What the gallery's people ask for, and under which rule. */

import type { Asked } from '../../src/domain/asked.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import type { Approval } from '../../src/domain/policy/progress.ts';
import type { Roster } from '../../src/domain/policy/roster.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
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

/** All of it otherwise. */
export function elsewhere(pen: Pen): Asked {
  return asked(pen, {
    operation: { ...asked(pen).operation, account: 'staging', zoneId: pen.zones[0] ?? pen.zone },
    reason: pen.no,
    lifetime: 'permanent',
    mode: 'precheck',
    channel: HERE,
  });
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

/** With everything that a rule can have. */
export function fullRule(pen: Pen): Rule {
  const others = { users: [...pen.approvers, 'U0DAN'], groups: [...pen.groups, 'S0LEADS'] };
  return {
    ...strictRule(pen),
    selfApproval: true,
    reminders: { afterMs: HOUR, capMs: 24 * HOUR },
    escalation: { ...others, afterMs: 4 * HOUR },
    emergency: { ...others, reviewWithinMs: 24 * HOUR },
    freezes: [{ kind: 'once', from: pen.at, until: pen.at + HOUR, reason: pen.no }],
    notify: { users: pen.approvers, groups: pen.groups },
  };
}

/** A rule that asks nobody. */
export function openRule(pen: Pen): Rule {
  return { ...rule(pen), steps: [] };
}

/** Whoever stands behind a rule's names, all in good standing. */
export function roster(pen: Pen): Roster {
  const name = pen.personName === '' ? {} : { name: pen.personName };
  const groupName = pen.groupName === '' ? {} : { name: pen.groupName };
  return {
    people: [...pen.approvers, 'U0EVE', 'U0FIN'].map((id) => ({ id, ...name, standing: 'member' })),
    groups: pen.groups.map((id) => ({ id, ...groupName, members: [...pen.approvers, 'U0EVE', 'U0FIN'] })),
  };
}

/** @param count of those who have approved, where there are only a few. */
export function approvals(pen: Pen, count = 1): readonly Approval[] {
  const shown = pen.name === 'longest' ? pen.approvers : pen.approvers.slice(0, count);
  return shown.map((by) => ({ by, at: pen.at, groups: pen.groups }));
}
