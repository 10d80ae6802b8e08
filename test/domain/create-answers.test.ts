/** The answers of the create: what each verdict of the catalogue leads to, in time and late. */
import { describe, expect, it } from 'vitest';
import type { CloudProblem } from '../../src/domain/cloud.ts';
import type { Outcome } from '../../src/domain/commands.ts';
import {
  ATTENTION,
  answered,
  claimed,
  EXECUTING,
  endpointNamed,
  FAILED,
  FORBIDDEN,
  made,
  no,
  OTHER,
  PENDING,
  SETTLE,
  SUCCEEDED,
  T0,
  TARGET,
  TIMEOUT,
  UNKNOWN,
  yes,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const answer = (result: Extract<Outcome, { kind: 'create-answered' }>['result'], attempt = 1): Outcome => ({
  kind: 'create-answered',
  attempt,
  result,
});
const candidate = { ...made('ep-new'), serviceId: 'epsrv-hp3xdsq46ael67lo0001' };
const second = claimed({ attempt: 2 });
const resend = { type: 'resend-cleared', retryAt: T0 } as const;

describe('an endpoint', () => {
  it('is the end of it, with what the cloud answered', () => {
    const result = {
      ok: true,
      value: { ...made('ep-new'), name: 'n', serviceId: 'epsrv-other' },
      requestId: 'R1',
    } as const;
    const endpoint = { ...result.value, requestId: 'R1' };
    const { request } = given(...EXECUTING, 4)
      .when(answer(result))
      .brings({ type: 'succeeded', endpoint, how: 'answered' });
    expect(request).toMatchObject({ status: 'succeeded', endpoint, how: 'answered', at: T0 + 4, ghosts: [] });
  });

  it.each([
    ['while it is read back', UNKNOWN],
    ['while a person chooses', ATTENTION],
    ['before the next attempt', [...UNKNOWN, resend]],
    ['during the next attempt', [...UNKNOWN, resend, second]],
  ] as const)('is welcome late: %s', (_when, history) => {
    given(...history)
      .when(answer(yes('ep-new')))
      .becomes('succeeded');
  });

  it('after more than one send of which any is unsure is followed by a lookout', () => {
    given(...UNKNOWN, resend, second)
      .when(answer(yes('ep-new'), 2))
      .brings({
        type: 'succeeded',
        endpoint: made('ep-new'),
        how: 'answered',
        watch: { nextAt: T0 + SETTLE, left: 3 },
      });
  });

  it('of an attempt that was never made is dropped', () => {
    given(...EXECUTING)
      .when(answer(yes('ep-new'), 2))
      .bringsNothing();
  });

  it('that another request holds is for a person', () => {
    const taken = new Map([[endpointNamed('ep-new'), { request: OTHER }]]);
    given(...EXECUTING)
      .when(answer(yes('ep-new')), { taken })
      .brings({ type: 'attention-needed', candidates: [candidate] });
    given(...ATTENTION)
      .when(answer(yes('ep-new')), { taken })
      .bringsNothing();
  });

  it('after the request failed is for a person', () => {
    const late = given(...FAILED)
      .when(answer(yes('ep-new')))
      .brings({ type: 'attention-needed', candidates: [candidate] });
    expect(late.as('needs-attention').candidates).toEqual([candidate]);
    given(...FAILED)
      .when(answer(yes('ep-new'), 2))
      .bringsNothing();
  });

  it('after the request failed and another took the target is for a person, without the target', () => {
    const taken = new Map([[TARGET, { request: OTHER }]]);
    given(...FAILED)
      .when(answer(yes('ep-new')), { taken })
      .brings({ type: 'attention-needed', candidates: [candidate], targetLost: true });
  });

  it('after the request has one is a ghost, unless it is the same one or known', () => {
    given(...SUCCEEDED)
      .when(answer(yes('ep-new')))
      .bringsNothing();
    const ghost = { ...made('ep-2'), serviceId: candidate.serviceId };
    const haunted = given(...SUCCEEDED)
      .when(answer(yes('ep-2')))
      .brings({ type: 'ghost-seen', endpoints: [ghost] });
    expect(haunted.as('succeeded').ghosts).toEqual([ghost]);
    haunted.when(answer(yes('ep-2'))).bringsNothing();
  });

  it('for a request that was never sent is dropped', () => {
    given(...PENDING)
      .when(answer(yes('ep-new')))
      .bringsNothing();
  });
});

describe('a problem', () => {
  it.each<[string, CloudProblem, number]>([
    ['Throttling', answered('Throttling.User', 429), 2_000],
    ['throttling with the cloud’s own wish', { ...answered('Throttling'), retryAfterMs: 45_000 }, 45_000],
    ['a refused connection', { kind: 'not-sent', code: 'ConnectionRefused' }, 1_000],
    ['a window that was over', { kind: 'not-sent', code: 'CallWindowOver' }, 500],
    ['an instance that is busy', answered('ConcurrentCallNotSupported'), 5_000],
  ])('that took no effect, such as %s, is tried again later', (_what, problem, wait) => {
    const after = given(...EXECUTING)
      .when(answer(no(problem)))
      .brings({ type: 'create-postponed', problem, retryAt: T0 + wait });
    expect(after.as('approved')).toMatchObject({
      notBefore: T0 + wait,
      tries: 1,
      setback: problem,
      renewToken: false,
      sends: { attempts: 1, setbacks: 1, uncertain: false, baseline: ['ep-old'] },
    });
    expect(after.request).not.toHaveProperty('ready');
    expect(after.request).not.toHaveProperty('slotAt');
  });

  it('that comes again and again is waited for longer and longer', () => {
    const problem: CloudProblem = { kind: 'not-sent', code: 'ConnectionRefused' };
    const postponed = { type: 'create-postponed', problem, retryAt: T0 } as const;
    const history = [1, 2, 3, 4].flatMap((attempt) => [claimed({ attempt }), postponed]);
    given(...EXECUTING.slice(0, -1), ...history, claimed({ attempt: 5 }))
      .when(answer(no(problem), 5))
      .brings({ type: 'create-postponed', problem, retryAt: T0 + 8_000 });
  });

  it('that will not pass fails the request', () => {
    const problem = answered('Forbidden', 403);
    const { request } = given(...EXECUTING)
      .when(answer(no(problem)))
      .brings({ type: 'failed', failure: FORBIDDEN });
    expect(request).toMatchObject({ status: 'failed', failure: FORBIDDEN });
  });

  it('that will not pass, after an unsure send, is followed by a lookout', () => {
    given(...UNKNOWN, resend, second)
      .when(answer(no(answered('Forbidden', 403)), 2))
      .brings({ type: 'failed', failure: FORBIDDEN, watch: { nextAt: T0 + SETTLE, left: 3 } });
  });

  it.each<[string, CloudProblem, 'resend' | 'give-up']>([
    ['a timeout', TIMEOUT, 'resend'],
    ['an inner error', answered('InternalError', 500), 'resend'],
    ['a try that still runs', answered('TokenPreviousRequestProcessError'), 'resend'],
    ['a used token', answered('IdempotentFailed'), 'give-up'],
    ['a token for something else', answered('IdempotentParameterMismatch'), 'give-up'],
  ])('that leaves it open, such as %s, is read back', (_what, problem, afterwards) => {
    const after = given(...EXECUTING, 8)
      .when(answer(no(problem)))
      .brings({ type: 'create-unclear', problem, afterwards });
    expect(after.as('unknown')).toMatchObject({ looks: 0, nextLookAt: T0 + 8, sends: { uncertain: true } });
  });

  it('of another attempt, or when the request is past it, is dropped', () => {
    given(...EXECUTING)
      .when(answer(no(answered('Forbidden', 403)), 2))
      .bringsNothing();
    given(...UNKNOWN)
      .when(answer(no(answered('Forbidden', 403))))
      .bringsNothing();
    given(...SUCCEEDED)
      .when(answer(no(TIMEOUT)))
      .bringsNothing();
  });
});

describe('no answer', () => {
  it('within the claim and its margin is an unknown outcome', () => {
    given(...EXECUTING, 31_999)
      .when({ kind: 'tick' })
      .bringsNothing();
    const problem = { kind: 'unclear', code: 'NoAnswer' };
    given(...EXECUTING, 32_000)
      .when({ kind: 'tick' })
      .brings({ type: 'create-unclear', problem, afterwards: 'resend' });
  });
});
