/** Reading back: adopt what is ours, and send again only when the cloud has had its time to show it. */
import { describe, expect, it } from 'vitest';
import type { ListedEndpoint } from '../../src/domain/cloud.ts';
import type { Outcome } from '../../src/domain/commands.ts';
import { candidates } from '../../src/domain/ownership.ts';
import {
  ASKED,
  answered,
  EXECUTING,
  endpointNamed,
  FAILED,
  FORBIDDEN,
  listed,
  made,
  OTHER,
  PENDING,
  rechecked,
  SETTLE,
  SUCCEEDED,
  slotReserved,
  T0,
  TARGET,
  TOKEN,
  UNKNOWN,
} from '../support/samples.ts';
import { given, type Scenario } from '../support/scenario.ts';

const saw = (looks: number, ...listing: readonly ListedEndpoint[]): Outcome => ({
  kind: 'looked',
  attempt: 1,
  looks,
  listing,
});
const sawNothing = (looks: number): Outcome => ({ kind: 'looked', attempt: 1, looks });
const looked = (found: number, nextLookAt: number, complete = true) => ({
  type: 'looked',
  found,
  complete,
  nextLookAt,
});
const watch = (nextAt: number, left: number) => ({ watch: { nextAt, left } });
const ours = { ...made('ep-1'), serviceId: ASKED.operation.serviceId };

describe('ours', () => {
  const sends = { baseline: ['ep-old'], firstAt: T0, attempts: 1, setbacks: 0, uncertain: true };
  const iso = (ms: number) => new Date(T0 + ms).toISOString();

  it.each<[string, ListedEndpoint, boolean]>([
    ['a new one of the same service', listed('ep-1'), true],
    ['one in the same zone', listed('ep-1', { zoneId: ASKED.operation.zoneId }), true],
    ['one by a clock that is as far behind as the cloud bears', listed('ep-1', { createdAt: iso(-15 * 60_000) }), true],
    ['one whose time can not be read', listed('ep-1', { createdAt: 'yesterday' }), true],
    ['not one that was there before', listed('ep-old'), false],
    ['not one in another zone', listed('ep-1', { zoneId: 'cn-hangzhou-g' }), false],
    ['not one of another service', listed('ep-1', { serviceId: 'epsrv-other' }), false],
    ['not one from before the first send', listed('ep-1', { createdAt: iso(-16 * 60_000 - 1) }), false],
    ['not one on its way out', listed('ep-1', { status: 'Deleting' }), false],
  ])('is %s', (_what, endpoint, is) => {
    expect(candidates(ASKED.operation, sends, [endpoint])).toEqual(is ? [endpoint] : []);
  });
});

describe('a look that finds', () => {
  it('one adopts it', () => {
    given(...UNKNOWN)
      .when(saw(0, listed('ep-1'), listed('ep-old')))
      .brings({ type: 'succeeded', endpoint: ours, how: 'found' });
  });

  it('one adopts it although the look was an older one', () => {
    given(...UNKNOWN, { type: 'looked', found: 0, complete: true, nextLookAt: T0 })
      .when(saw(0, listed('ep-1')))
      .becomes('succeeded');
  });

  it('one that another request holds does not', () => {
    const taken = new Map([[endpointNamed('ep-1'), { request: OTHER }]]);
    given(...UNKNOWN)
      .when(saw(0, listed('ep-1')), { taken })
      .brings(looked(0, T0 + 250));
  });

  it('several waits a little: others may be about to take their own', () => {
    const both = [listed('ep-1'), listed('ep-2')];
    const first = given(...UNKNOWN)
      .when(saw(0, ...both))
      .brings(looked(2, T0 + 250));
    first
      .later(4_999)
      .when(saw(1, ...both))
      .brings(looked(2, T0 + 4_999 + 500));
    first
      .later(5_000)
      .when(saw(1, ...both))
      .brings({ type: 'attention-needed', candidates: both });
    first
      .later(5_000)
      .when(saw(1, listed('ep-2')))
      .becomes('succeeded');
  });

  it('one while another run holds the claim adopts it; anything else waits for the window', () => {
    given(...EXECUTING)
      .when(saw(0, listed('ep-1')))
      .becomes('succeeded');
    given(...EXECUTING)
      .when(saw(0))
      .bringsNothing();
    given(...EXECUTING)
      .when(sawNothing(0))
      .bringsNothing();
    given(...EXECUTING)
      .when(saw(0, listed('ep-1'), listed('ep-2')))
      .bringsNothing();
    given(...EXECUTING)
      .when({ ...saw(0, listed('ep-1')), attempt: 2 } as Outcome)
      .bringsNothing();
  });

  it('anything after another attempt, or when nothing was sent, is dropped', () => {
    given(...UNKNOWN)
      .when({ ...saw(0, listed('ep-1')), attempt: 2 } as Outcome)
      .bringsNothing();
    given(...PENDING)
      .when(saw(0, listed('ep-1')))
      .bringsNothing();
  });
});

describe('a look that finds nothing', () => {
  const once = given(...UNKNOWN)
    .when(saw(0))
    .brings(looked(0, T0 + 250));
  /** The look that is due when the list has had its time. */
  const settled = (from: Scenario) =>
    from
      .later(SETTLE - 1_000)
      .when(saw(1))
      .brings(looked(0, T0 + SETTLE - 500))
      .later(900)
      .when(saw(2))
      .brings(looked(0, T0 + SETTLE));

  it('is repeated until the list has had its time, and then the same token is sent again', () => {
    const cleared = settled(once)
      .later(200)
      .when(saw(3))
      .brings({ type: 'resend-cleared', retryAt: T0 + SETTLE + 100 });
    expect(cleared.as('approved')).toMatchObject({ renewToken: false, sends: { attempts: 1, uncertain: true } });
    const { clientToken } = cleared.happened(slotReserved, rechecked()).when({ kind: 'tick' }).becomes('executing');
    expect(clientToken).toBe(TOKEN);
  });

  it('counts as old as it was due, not as it came back', () => {
    // Asked for at 250 ms, and back long after the list's time: it may show what was there at 250 ms.
    once
      .later(SETTLE + 1_000)
      .when(saw(1))
      .brings(looked(0, T0 + SETTLE));
  });

  it('of an earlier round counts for nothing', () => {
    const due = settled(once);
    due.later(200).when(saw(1)).bringsNothing();
    due.later(200).when(sawNothing(1)).bringsNothing();
  });

  it('because it could not be read counts for nothing either', () => {
    const due = settled(once)
      .later(200)
      .when(sawNothing(3))
      .brings(looked(0, T0 + SETTLE + 100 + 2_000, false));
    due.later(5_000).when(saw(4)).becomes('approved');
    given(...UNKNOWN)
      .when(sawNothing(0))
      .brings(looked(0, T0 + 250, false))
      .later(SETTLE)
      .when(saw(1))
      .becomes('unknown');
  });

  it('after one that found something starts the count again', () => {
    const between = settled(once)
      .later(200)
      .when(saw(3, listed('ep-1'), listed('ep-2')))
      .goes();
    expect(between.as('unknown')).not.toHaveProperty('emptySince');
    between.later(5_000).when(saw(4)).becomes('unknown');
  });

  it('gives up when the token is used up', () => {
    const problem = answered('IdempotentFailed');
    const used = given(...EXECUTING, { type: 'create-unclear', problem, afterwards: 'give-up' });
    settled(used.when(saw(0)).goes())
      .later(200)
      .when(saw(3))
      .brings({ type: 'failed', failure: { kind: 'gave-up', problem }, ...watch(T0 + SETTLE + 100 + SETTLE, 3) });
  });
});

describe('the lookout', () => {
  const unsure = { nextAt: T0, left: 3 };
  const failed = given(
    ...EXECUTING,
    { type: 'create-unclear', problem: FORBIDDEN.problem, afterwards: 'give-up' },
    { type: 'failed', failure: FORBIDDEN, watch: unsure },
  );
  const succeeded = given(...EXECUTING, {
    type: 'succeeded',
    endpoint: made('ep-new'),
    how: 'answered',
    watch: unsure,
  });

  it('looks three times, at longer and longer intervals', () => {
    failed
      .when(saw(0))
      .brings({ type: 'watched', ...watch(T0 + 2 * SETTLE, 2) })
      .when(sawNothing(0))
      .brings({ type: 'watched', ...watch(T0 + 2 * SETTLE, 2) })
      .when(saw(0))
      .brings({ type: 'watched', ...watch(T0 + 4 * SETTLE, 1) })
      .when(saw(0))
      .brings({ type: 'watched' })
      .when(saw(0, listed('ep-1')))
      .bringsNothing();
  });

  it('of a failed request asks a person', () => {
    failed.when(saw(0, listed('ep-1'))).brings({ type: 'attention-needed', candidates: [listed('ep-1')] });
    failed
      .when(saw(0, listed('ep-1')), { taken: new Map([[TARGET, { request: OTHER }]]) })
      .brings({ type: 'attention-needed', candidates: [listed('ep-1')], targetLost: true });
  });

  it('of a request that has its endpoint names the others, and ends', () => {
    succeeded
      .when(saw(0, listed('ep-new')))
      .goes()
      .as('succeeded');
    const haunted = succeeded
      .when(saw(0, listed('ep-new'), listed('ep-1')))
      .brings({ type: 'ghost-seen', endpoints: [listed('ep-1')] });
    expect(haunted.as('succeeded')).not.toHaveProperty('watch');
  });

  it('is not for requests that need none', () => {
    given(...FAILED)
      .when(saw(0, listed('ep-1')))
      .bringsNothing();
    given(...SUCCEEDED)
      .when(saw(0, listed('ep-1')))
      .bringsNothing();
  });
});

describe('an endpoint without a domain yet', () => {
  const unnamed = listed('ep-1', { domain: '' });

  it('is waited for: the domain is what people want', () => {
    given(...UNKNOWN)
      .when(saw(0, unnamed))
      .brings({ type: 'looked', found: 1, complete: true, nextLookAt: expect.any(Number) });
    given(...UNKNOWN)
      .when(saw(0, listed('ep-1')))
      .brings({ type: 'succeeded', endpoint: expect.objectContaining({ id: 'ep-1' }), how: 'found' });
  });

  it('is taken as it is when the cloud does not name one in a long time', () => {
    given(...UNKNOWN, 11 * 60_000)
      .when(saw(0, unnamed))
      .brings({ type: 'succeeded', endpoint: expect.objectContaining({ id: 'ep-1', domain: '' }), how: 'found' });
  });
});
