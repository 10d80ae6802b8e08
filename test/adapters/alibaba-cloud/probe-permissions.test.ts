/** Which permissions the credentials have: found out without anything that could change the account. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_ACCESS_KEY, sampleCloud } from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { LocalCloudState } from '../../../sandbox/alibaba-cloud/state.ts';
import type { OpenCloudAccount } from '../../../src/adapters/alibaba-cloud/account.ts';
import { CredentialsUnavailable } from '../../../src/adapters/alibaba-cloud/credentials.ts';
import { clockAheadMs } from '../../../src/application/doctor/clock-ahead.ts';
import type { ActionReport } from '../../../src/application/doctor/ports.ts';
import { localAccount } from './local-account.ts';

const READING = [
  'elasticsearch:ListInstance',
  'elasticsearch:DescribeInstance',
  'elasticsearch:ListVpcEndpoints',
  'privatelink:ListVpcEndpointServices',
  'privatelink:GetVpcEndpointServiceAttribute',
  'privatelink:ListVpcEndpointConnections',
];
const CHANGING = ['elasticsearch:CreateVpcEndpoint', 'privatelink:EnableVpcEndpointConnection'];

/** By action: `allowed`, `untried`, `denied <missing>` or `failed <code>`. */
async function outcomes(account: OpenCloudAccount): Promise<Readonly<Record<string, string>>> {
  const report = await account.probePermissions();
  if (report.kind !== 'examined') throw new Error(report.error);
  return Object.fromEntries(report.actions.map(({ action, outcome }) => [action, inWords(outcome)]));
}

function inWords(outcome: ActionReport['outcome']): string {
  switch (outcome.kind) {
    case 'allowed':
    case 'untried':
      return outcome.kind;
    case 'denied':
      return `denied ${outcome.missing}`;
    case 'failed':
      return `failed ${outcome.problem.code}`;
  }
}

const all = (actions: readonly string[], outcome: string) =>
  Object.fromEntries(actions.map((action) => [action, outcome]));

const nameOf = (action: string) => action.split(':')[1] ?? '';

describe('probing permissions', () => {
  it('shows what is allowed, says of what changes something that it was not tried, and changes nothing', async () => {
    const { account, cloud } = await localAccount();
    const before = structuredClone([cloud.state.instances, cloud.state.services, cloud.state.endpoints]);
    expect(await outcomes(account)).toEqual({ ...all(READING, 'allowed'), ...all(CHANGING, 'untried') });
    expect(new Set(cloud.calls.map(({ action }) => action))).toEqual(new Set(READING.map(nameOf)));
    expect([cloud.state.instances, cloud.state.services, cloud.state.endpoints]).toEqual(before);
  });

  it('counts the instances', async () => {
    const { account, cloud } = await localAccount();
    expect(await account.probePermissions()).toMatchObject({ instances: cloud.state.instances.length });
  });

  it.each(READING.slice(1).filter((action) => !action.endsWith('Services')))(
    'finds that %s is missing',
    async (action) => {
      const { account } = await localAccount({ state: sampleCloud({ denied: new Set([nameOf(action)]) }) });
      expect(await outcomes(account)).toEqual({
        ...all(READING, 'allowed'),
        ...all(CHANGING, 'untried'),
        [action]: `denied ${action}`,
      });
    },
  );

  it('does not try what it has nothing to try on', async () => {
    const denied = new Set(['ListInstance', 'ListVpcEndpointServices']);
    const { account } = await localAccount({ state: sampleCloud({ denied }) });
    expect(await outcomes(account)).toEqual({
      ...all([...READING, ...CHANGING], 'untried'),
      'elasticsearch:ListInstance': 'denied elasticsearch:ListInstance',
      'privatelink:ListVpcEndpointServices': 'denied privatelink:ListVpcEndpointServices',
    });
  });

  it('names the action itself where the cloud does not', async () => {
    const state = sampleCloud({ denied: new Set(['ListVpcEndpoints']), deniedNamesAction: false });
    const { account } = await localAccount({ state });
    expect(await outcomes(account)).toMatchObject({
      'elasticsearch:ListVpcEndpoints': 'denied elasticsearch:ListVpcEndpoints',
    });
  });

  it('takes an action for allowed if it is for one of the first three instances or services', async () => {
    const { account, cloud } = await localAccount();
    const refusal = { type: 'status', status: 403, code: 'NoPermission' } as const;
    const about = (state: LocalCloudState) => state.instances[0]?.instanceId ?? '';
    cloud.faults.add({
      action: 'DescribeInstance',
      about: about(cloud.state),
      when: 'before',
      kind: refusal,
      times: Number.POSITIVE_INFINITY,
    });
    cloud.faults.add({ action: 'GetVpcEndpointServiceAttribute', when: 'before', kind: refusal, times: 3 });
    expect(await outcomes(account)).toMatchObject({
      'elasticsearch:DescribeInstance': 'allowed',
      'privatelink:GetVpcEndpointServiceAttribute': 'denied privatelink:GetVpcEndpointServiceAttribute',
    });
    expect(cloud.calls.filter(({ action }) => action === 'DescribeInstance')).toHaveLength(2);
  });

  it('tells what failed for another reason', async () => {
    const { account, cloud } = await localAccount();
    cloud.accessKeys[SAMPLE_ACCESS_KEY.id] = 'another secret than the one that is configured';
    expect(await outcomes(account)).toEqual({
      ...all([...READING, ...CHANGING], 'untried'),
      'elasticsearch:ListInstance': 'failed SignatureDoesNotMatch',
      'privatelink:ListVpcEndpointServices': 'failed SignatureDoesNotMatch',
    });
  });

  it('says so when there are no credentials', async () => {
    const none = () => Promise.reject(new CredentialsUnavailable('credentials of type default: nothing found'));
    const { account, cloud } = await localAccount({}, { credentials: { get: none, renew: none } });
    expect(await account.probePermissions()).toEqual({
      kind: 'no-credentials',
      error: 'credentials of type default: nothing found',
    });
    expect(cloud.calls).toEqual([]);
  });
});

describe("the cloud's clock", () => {
  it("is compared with this machine's", async () => {
    const { account } = await localAccount({ now: () => Date.now() + 300_000 });
    const report = await account.probePermissions();
    expect(report).toMatchObject({ kind: 'examined', aheadMs: expect.any(Number) });
    const minutes = report.kind === 'examined' ? Math.round((report.aheadMs ?? 0) / 60_000) : undefined;
    expect(minutes).toBe(5);
  });

  it.each([
    ['Sun, 01 Jun 2025 00:00:00 GMT', '2025-06-01T00:00:00.400Z', '2025-06-01T00:00:00.600Z', 0],
    ['Sun, 01 Jun 2025 00:01:00 GMT', '2025-06-01T00:00:00.000Z', '2025-06-01T00:00:01.000Z', 60_000],
    ['Sun, 01 Jun 2025 00:00:00 GMT', '2025-06-01T00:00:30.500Z', '2025-06-01T00:00:30.500Z', -30_000],
    ['yesterday', '2025-06-01T00:00:00.000Z', '2025-06-01T00:00:00.000Z', undefined],
    [undefined, '2025-06-01T00:00:00.000Z', '2025-06-01T00:00:00.000Z', undefined],
  ])('reads %s', (header, sent, received, ahead) => {
    expect(clockAheadMs(header, Date.parse(sent), Date.parse(received))).toBe(ahead);
  });
});
