/** Arbitrary refusals and failures, what was asked for, and what a precheck found. */
import fc from 'fast-check';
import { LIFETIMES } from '../../../src/domain/lifetime.ts';
import { CHECKS, type Verdict } from '../../../src/domain/precheck.ts';
import type { ClickRefusal, Failure, Refusal, Standing } from '../../../src/domain/refusals.ts';
import { connectionPhase, created, problem } from './cloud.ts';
import { count, type In, is, requestId, some, text, texts, time } from './fields.ts';

export const standing = fc.constantFrom<Standing>('member', 'guest', 'bot', 'stranger', 'deactivated', 'unknown');
const reason = fc.constantFrom('throttled', 'access-denied', 'outcome-unclear', 'instance-busy' as const);
const taken = some<In<Refusal, 'kind', 'target-taken'>>(
  { kind: is('target-taken'), by: requestId, link: text },
  'link',
);

export const asked = some<import('../../../src/domain/asked.ts').Asked>(
  {
    operation: some({ kind: is('create'), account: text, instanceId: text, serviceId: text, zoneId: text }),
    reason: text,
    mode: fc.constantFrom('create', 'precheck'),
    lifetime: fc.constantFrom(...LIFETIMES),
    channel: text,
  },
  'channel',
);
const REFUSALS: { readonly [K in Refusal['kind']]: fc.Arbitrary<In<Refusal, 'kind', K>> } = {
  'no-rule': some({ kind: is('no-rule') }),
  'rule-unclear': some({ kind: is('rule-unclear'), groups: texts }),
  'too-many-open': some({ kind: is('too-many-open'), limit: count }),
  'not-allowed': some({ kind: is('not-allowed'), standing }),
  'target-taken': taken,
  'endpoint-exists': some({ kind: is('endpoint-exists'), endpoint: text, domain: text }),
  'instance-not-active': some({ kind: is('instance-not-active'), status: text }),
  'instance-too-old': some({ kind: is('instance-too-old'), createdAt: text }, 'createdAt'),
  'service-not-active': some({ kind: is('service-not-active'), status: text }),
  'zone-not-offered': some({ kind: is('zone-not-offered'), zones: texts }),
  'dry-run-created': some({ kind: is('dry-run-created'), endpoint: created }),
  cloud: some({ kind: is('cloud'), reason, problem }),
};
export const refusal: fc.Arbitrary<Refusal> = fc.oneof(...Object.values(REFUSALS));
export const failure: fc.Arbitrary<Failure> = fc.oneof(
  refusal,
  some<In<Failure, 'kind', 'gave-up'>>({ kind: is('gave-up'), problem }),
);

const CLICK_REFUSALS: { readonly [K in ClickRefusal['kind']]: fc.Arbitrary<In<ClickRefusal, 'kind', K>> } = {
  'already-decided': some({ kind: is('already-decided'), status: text, by: texts, at: time }, 'at'),
  'old-revision': some({ kind: is('old-revision'), current: count, edit: some({ before: asked, asked }) }, 'edit'),
  'reminded-lately': some({ kind: is('reminded-lately'), at: time, againAt: time }),
  'reminded-enough': some({ kind: is('reminded-enough'), times: count }),
  'not-for-emergencies': some({ kind: is('not-for-emergencies'), rule: text }),
  'nothing-to-review': some({ kind: is('nothing-to-review') }),
  'reviewed-before': some({ kind: is('reviewed-before'), by: text, at: time }),
  'own-emergency': some({ kind: is('own-emergency') }),
  'not-an-approver': some({ kind: is('not-an-approver'), rule: text }),
  'requester-may-not-approve': some({ kind: is('requester-may-not-approve'), rule: text }),
  'approved-before': some({ kind: is('approved-before'), at: time }),
  'no-place-left': some({ kind: is('no-place-left'), rule: text }),
  'only-requester': some({ kind: is('only-requester') }),
  'only-requester-or-approver': some({ kind: is('only-requester-or-approver'), rule: text }),
  standing: some({ kind: is('standing'), standing }),
  'groups-unreadable': some({ kind: is('groups-unreadable') }),
  'not-possible-now': some({ kind: is('not-possible-now'), status: text }),
  'target-taken': taken,
  'endpoint-not-a-candidate': some({ kind: is('endpoint-not-a-candidate') }),
  'nothing-to-accept': some({ kind: is('nothing-to-accept'), phase: connectionPhase }),
  'no-such-request': some({ kind: is('no-such-request') }),
};
export const clickRefusal: fc.Arbitrary<ClickRefusal> = fc.oneof(...Object.values(CLICK_REFUSALS));

const verdict = fc.oneof(
  some<In<Verdict, 'verdict', 'passed'>>({ verdict: is('passed'), detail: text }, 'detail'),
  some<In<Verdict, 'verdict', 'failed'>>({ verdict: is('failed'), refusal }),
  some<In<Verdict, 'verdict', 'not-checked'>>({ verdict: is('not-checked'), reason }),
);
export const report = some<import('../../../src/domain/precheck.ts').PrecheckReport>({
  instance: verdict,
  service: verdict,
  zone: verdict,
  duplicate: verdict,
  'dry-run': verdict,
});
export const checks = fc.subarray([...CHECKS]);
