/** Checking: what the cloud's answers mean item by item, and what follows before anybody is asked. */
import { describe, expect, it } from 'vitest';
import type { Instance, ListedEndpoint } from '../../src/domain/cloud.ts';
import { judgeId } from '../../src/domain/ids.ts';
import { judgeAnswers, type PrecheckAnswers, type PrecheckReport } from '../../src/domain/precheck.ts';
import {
  ASKED,
  answered,
  CHECKING,
  listed,
  MINUTE,
  made,
  PASSED,
  RULE,
  report,
  submitted,
  T0,
  TIMEOUT,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const SPEC = ASKED.operation;
const INSTANCE: Instance = {
  id: SPEC.instanceId,
  description: 'search',
  status: 'active',
  newDeployment: true,
  createdAt: '2024-01-01T00:00:00Z',
};
const { createdAt: _createdAt, ...UNDATED } = INSTANCE;
const SERVICE = { id: SPEC.serviceId, name: 'kibana', description: '', status: 'Active', zones: [SPEC.zoneId] };
const ok = <T>(value: T) => ({ ok: true, value }) as const;
const WELL: PrecheckAnswers = {
  instance: ok(INSTANCE),
  service: ok(SERVICE),
  endpoints: ok([]),
  dryRun: ok(undefined),
};
const judge = (over: Partial<PrecheckAnswers>) => judgeAnswers(SPEC, { ...WELL, ...over });
const failed = (refusal: object) => ({ verdict: 'failed', refusal });

describe('the report', () => {
  it('passes each item, with the names people gave', () => {
    expect(judge({})).toEqual({
      instance: { verdict: 'passed', detail: 'search' },
      service: { verdict: 'passed', detail: 'kibana' },
      zone: { verdict: 'passed' },
      duplicate: { verdict: 'passed' },
      'dry-run': { verdict: 'passed' },
    });
  });

  it.each<[string, Instance, object]>([
    ['is being made', { ...INSTANCE, status: 'activating' }, { kind: 'instance-not-active', status: 'activating' }],
    ['is of the old architecture', { ...UNDATED, newDeployment: false }, { kind: 'instance-too-old' }],
    [
      'is from before October 2020',
      { ...INSTANCE, createdAt: '2020-09-30T23:59:59Z' },
      { kind: 'instance-too-old', createdAt: '2020-09-30T23:59:59Z' },
    ],
  ])('fails an instance that %s', (_what, instance, refusal) => {
    expect(judge({ instance: ok(instance) }).instance).toEqual(failed(refusal));
  });

  it('takes an instance of unknown age, and a young one whatever its flag says', () => {
    const { newDeployment: _new, ...instance } = UNDATED;
    expect(judge({ instance: ok(instance) }).instance.verdict).toBe('passed');
    expect(judge({ instance: ok({ ...INSTANCE, newDeployment: false }) }).instance.verdict).toBe('passed');
    expect(judge({ instance: ok({ ...instance, newDeployment: false }) }).instance).toEqual(
      failed({ kind: 'instance-too-old' }),
    );
  });

  it('fails a service that is not active, and a zone that it does not offer', () => {
    const service = judge({ service: ok({ ...SERVICE, status: 'Pending', zones: ['cn-hangzhou-g'] }) });
    expect(service.service).toEqual(failed({ kind: 'service-not-active', status: 'Pending' }));
    expect(service.zone).toEqual(failed({ kind: 'zone-not-offered', zones: ['cn-hangzhou-g'] }));
  });

  it.each<[string, ListedEndpoint, boolean]>([
    ['of the same service and zone', listed('ep-1', { zoneId: SPEC.zoneId }), true],
    ['of the same service in an unknown zone', listed('ep-1'), true],
    ['of the same service in another zone', listed('ep-1', { zoneId: 'cn-hangzhou-g' }), false],
    ['of another service', listed('ep-1', { serviceId: 'epsrv-other' }), false],
    ['that is being deleted', listed('ep-1', { status: 'Deleting' }), false],
  ])('of an endpoint %s', (_what, endpoint, same) => {
    const { duplicate } = judge({ endpoints: ok([endpoint]) });
    expect(duplicate).toEqual(
      same ? failed({ kind: 'endpoint-exists', endpoint: 'ep-1', domain: endpoint.domain }) : { verdict: 'passed' },
    );
  });

  it('fails a dry run that made an endpoint', () => {
    expect(judge({ dryRun: ok(made('ep-oops')) })['dry-run']).toEqual(
      failed({ kind: 'dry-run-created', endpoint: made('ep-oops') }),
    );
  });

  it('tells a refusal from an outage', () => {
    const gone = answered('InstanceNotFound', 404);
    const { instance, zone } = judge({
      instance: { ok: false, problem: gone },
      service: { ok: false, problem: TIMEOUT },
    });
    expect(instance).toEqual(failed({ kind: 'cloud', reason: 'instance-not-found', problem: gone }));
    expect(zone).toEqual({ verdict: 'not-checked', reason: 'outcome-unclear' });
  });
});

describe('an id as it was typed', () => {
  it.each([
    ['instance', 'es-cn-2r429tctl000d0001', undefined],
    ['instance', 'es-cn-2r42l7a740005****', 'masked'],
    ['instance', '', 'missing'],
    ['instance', 'ep-bp1tah7zbrwmkjef0001', 'malformed'],
    ['instance', 'es-cn-2r42 rm', 'malformed'],
    ['service', 'epsrv-hp3xdsq46ael67lo0001', undefined],
    ['service', 'epsrv-hp3xdsq46ael67lo****', 'masked'],
    ['service', 'epsrv-', 'malformed'],
    ['zone', 'cn-hangzhou-i', undefined],
    ['zone', 'us-west-1a', undefined],
    ['zone', 'hangzhou', 'malformed'],
  ] as const)('%s %j', (kind, typed, problem) => {
    expect(judgeId(kind, typed)).toBe(problem);
  });
});

describe('a precheck', () => {
  const prechecked = (of: PrecheckReport, over: object = {}) =>
    ({ kind: 'prechecked', revision: 1, tries: 0, report: of, ...over }) as const;
  const missing = report({ instance: { verdict: 'not-checked', reason: 'throttled' } });
  const exists = { kind: 'endpoint-exists', endpoint: 'ep-1', domain: 'd' } as const;
  const oops = { kind: 'dry-run-created', endpoint: made('ep-oops') } as const;
  const refusing = report({ duplicate: { verdict: 'failed', refusal: exists } });

  it('that passes asks for approval', () => {
    const { request } = given(...CHECKING, 500)
      .when(prechecked(PASSED))
      .brings({ type: 'precheck-passed', report: PASSED });
    expect(request).toMatchObject({
      status: 'pending',
      precheck: PASSED,
      approvals: [],
      since: T0 + 500,
      expiresAt: T0 + RULE.expiresAfterMs,
    });
  });

  it('that fails refuses, with the first failed item of the card', () => {
    given(...CHECKING)
      .when(prechecked(refusing))
      .brings({ type: 'refused', refusal: exists });
  });

  it('refuses although something else could not be read', () => {
    const both = report({
      duplicate: { verdict: 'failed', refusal: exists },
      instance: { verdict: 'not-checked', reason: 'throttled' },
    });
    given(...CHECKING)
      .when(prechecked(both))
      .brings({ type: 'refused', refusal: exists });
  });

  it('that could not read everything is tried again, a little later each time', () => {
    const once = given(...CHECKING)
      .when(prechecked(missing))
      .brings({ type: 'precheck-postponed', report: missing, retryAt: T0 + 500 });
    expect(once.as('checking')).toMatchObject({ tries: 1, notBefore: T0 + 500 });
    once
      .later(500)
      .when(prechecked(missing, { tries: 1 }))
      .brings({ type: 'precheck-postponed', report: missing, retryAt: T0 + 1_500 });
  });

  it('whose dry run could not be made asks for approval all the same', () => {
    const unsure = report({ 'dry-run': { verdict: 'not-checked', reason: 'throttled' } });
    given(...CHECKING)
      .when(prechecked(unsure))
      .brings({ type: 'precheck-passed', report: unsure });
  });

  it('says where the result can not be posted', () => {
    const asked = { ...ASKED, channel: 'C1' };
    given(submitted(asked))
      .when(prechecked(PASSED, { canPost: false }))
      .brings({ type: 'result-channel-closed', channel: 'C1' }, { type: 'precheck-passed', report: PASSED });
    given(submitted(asked))
      .when(prechecked(PASSED, { canPost: true }))
      .brings({ type: 'precheck-passed', report: PASSED });
  });

  it.each([
    ['of another revision', { revision: 2 }],
    ['of an earlier try', { tries: 7 }],
  ])('%s is dropped', (_what, over) => {
    given(...CHECKING)
      .when(prechecked(PASSED, over))
      .bringsNothing();
  });

  it('that was all that was asked for ends with its report, whatever it says', () => {
    const asked = { ...ASKED, mode: 'precheck' } as const;
    for (const each of [PASSED, refusing]) {
      const { request } = given(submitted(asked))
        .when(prechecked(each))
        .brings({ type: 'precheck-completed', report: each });
      expect(request).toMatchObject({ status: 'checked', precheck: each });
    }
    given(submitted(asked)).when(prechecked(missing)).becomes('checking');
  });

  it('whose dry run made an endpoint is refused whatever was asked for', () => {
    const incident = report({ 'dry-run': { verdict: 'failed', refusal: oops } });
    for (const mode of ['create', 'precheck'] as const) {
      given(submitted({ ...ASKED, mode }))
        .when(prechecked(incident))
        .brings({ type: 'refused', refusal: oops });
    }
  });

  it('expires in the end', () => {
    given(...CHECKING, RULE.expiresAfterMs - 1)
      .when({ kind: 'tick' })
      .bringsNothing();
    const { request } = given(...CHECKING, RULE.expiresAfterMs)
      .when({ kind: 'tick' })
      .brings({ type: 'expired' });
    expect(request).toMatchObject({ status: 'expired', precheck: undefined, at: T0 + 480 * MINUTE });
  });
});
