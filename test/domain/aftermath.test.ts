/** After a failure, and when the bot must ask: retrying, and saying which endpoint is ours. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import {
  ALICE,
  APPROVED,
  ATTENTION,
  answered,
  EXECUTING,
  endpointNamed,
  FAILED,
  listed,
  OPS,
  OTHER,
  person,
  REQUESTER,
  RULE,
  rechecked,
  SUCCEEDED,
  slotReserved,
  T0,
  TARGET,
  TOKEN,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const retry = (by = REQUESTER, revision = 1): Command => ({ kind: 'retry', by, revision });
const choose = (endpoint?: string, by = REQUESTER, revision = 1): Command => ({
  kind: 'choose-endpoint',
  by,
  revision,
  ...(endpoint === undefined ? {} : { endpoint }),
});
const takenBy = (name: string) => ({ taken: new Map([[name, { request: OTHER, link: 'https://slack/card' }]]) });

describe('a retry', () => {
  it('is approved again, and everything before the send is done anew', () => {
    const again = given(...FAILED, 50)
      .when(retry())
      .brings({ type: 'retried', by: REQUESTER })
      .as('approved');
    expect(again).toMatchObject({
      approvedAt: T0,
      notBefore: T0 + 50,
      generation: 1,
      renewToken: true,
      sends: { baseline: ['ep-old'], attempts: 1, setbacks: 0 },
    });
    expect(again).not.toHaveProperty('ready');
    expect(again).not.toHaveProperty('slotAt');
  });

  it('starts a new generation with the send, not before', () => {
    const sent = given(...FAILED)
      .when(retry())
      .goes()
      .happened(slotReserved, rechecked('ep-later'));
    const { generation, clientToken, sends } = sent.when({ kind: 'tick' }).becomes('executing');
    expect([generation, clientToken, sends.baseline]).toEqual([2, TOKEN.replace('g1', 'g2'), ['ep-old']]);
  });

  it('that is put off keeps its new generation', () => {
    const put = given(...FAILED, { type: 'retried', by: REQUESTER }, { type: 'recheck-postponed', retryAt: T0 });
    expect(put.happened(slotReserved, rechecked()).when({ kind: 'tick' }).becomes('executing').generation).toBe(2);
    // The attempts after it are its own.
    const next = put.happened(slotReserved, rechecked()).when({ kind: 'tick' }).goes();
    const later = next.happened({ type: 'create-postponed', problem: answered('Throttling'), retryAt: T0 });
    expect(later.happened(slotReserved, rechecked()).when({ kind: 'tick' }).becomes('executing').generation).toBe(2);
  });

  it('before anything was sent keeps the generation', () => {
    const unsent = given(...APPROVED, { type: 'failed', failure: { kind: 'instance-not-active', status: 'x' } });
    expect(unsent.when(retry()).becomes('approved').renewToken).toBe(false);
  });

  it('belongs to the requester and to whoever may approve', () => {
    given(...FAILED)
      .when(retry(ALICE))
      .becomes('approved');
    given(...FAILED)
      .when(retry('UEVE'))
      .refuses({ kind: 'only-requester-or-approver', rule: RULE.name });
    given(...FAILED)
      .when(retry('UEVE'), { person: person({ unreadable: [OPS] }) })
      .refuses({ kind: 'only-requester-or-approver', rule: RULE.name });
    given(...FAILED)
      .when(retry(), { person: person({ standing: 'deactivated' }) })
      .refuses({ kind: 'standing', standing: 'deactivated' });
  });

  it('is of the current revision, of a failed request, whose target is free', () => {
    given(...FAILED)
      .when(retry(REQUESTER, 2))
      .refuses({ kind: 'old-revision', current: 1 });
    given(...EXECUTING)
      .when(retry())
      .refuses({ kind: 'not-possible-now', status: 'executing' });
    given(...SUCCEEDED)
      .when(retry())
      .refuses({ kind: 'not-possible-now', status: 'succeeded' });
    given(...FAILED)
      .when(retry(), takenBy(TARGET))
      .refuses({ kind: 'target-taken', by: OTHER, link: 'https://slack/card' });
  });
});

describe('a person who is asked which endpoint is ours', () => {
  it('picks one', () => {
    const { id, domain, serviceId } = listed('ep-2');
    given(...ATTENTION)
      .when(choose('ep-2'))
      .brings({ type: 'succeeded', endpoint: { id, domain, serviceId }, how: 'chosen', by: REQUESTER })
      .as('succeeded');
  });

  it('picks none: none of them counts from then on, and the same token is sent again', () => {
    const none = given(...ATTENTION)
      .when(choose())
      .brings({ type: 'disowned', by: REQUESTER, candidates: ['ep-1', 'ep-2'] });
    expect(none.as('approved').sends?.baseline).toEqual(['ep-old', 'ep-1', 'ep-2']);
    const { clientToken } = none.happened(slotReserved, rechecked()).when({ kind: 'tick' }).becomes('executing');
    expect(clientToken).toBe(TOKEN);
  });

  it('can not pick what was not asked about, nor what another request holds', () => {
    given(...ATTENTION)
      .when(choose('ep-9'))
      .refuses({ kind: 'endpoint-not-a-candidate' });
    given(...ATTENTION)
      .when(choose('ep-1'), takenBy(endpointNamed('ep-1')))
      .refuses({ kind: 'target-taken', by: OTHER });
  });

  it('can not send again for a target that is another’s by now', () => {
    const lost = given(...FAILED, { type: 'attention-needed', candidates: [listed('ep-1')], targetLost: true });
    lost.when(choose(), takenBy(TARGET)).refuses({ kind: 'target-taken', by: OTHER, link: 'https://slack/card' });
    lost.when(choose('ep-1'), takenBy(TARGET)).becomes('succeeded');
  });

  it('is the requester or an approver, and looks at the current revision', () => {
    given(...ATTENTION)
      .when(choose('ep-1', ALICE))
      .becomes('succeeded');
    given(...ATTENTION)
      .when(choose('ep-1', 'UEVE'))
      .refuses({ kind: 'only-requester-or-approver', rule: RULE.name });
    given(...ATTENTION)
      .when(choose('ep-1', REQUESTER, 2))
      .refuses({ kind: 'old-revision', current: 1 });
    given(...FAILED)
      .when(choose('ep-1'))
      .refuses({ kind: 'not-possible-now', status: 'failed' });
  });
});
