/** Names a policy by what it says, so that all processes that read the same file agree. */
import { createHash } from 'node:crypto';
import type { Policy } from '../domain/policy/rule.ts';
import type { PolicyInForce } from './ports/policy-source.ts';

export function inForce({ rules, openRequestsPerPerson }: Policy): PolicyInForce {
  const policy = { rules, ...(openRequestsPerPerson === undefined ? {} : { openRequestsPerPerson }) };
  return { ...policy, version: createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 16) };
}
