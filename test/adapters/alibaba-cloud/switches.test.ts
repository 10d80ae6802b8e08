/** What nobody knows for certain about Alibaba Cloud, played each way: what our client reads in either case. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_SERVICES, sampleCloud } from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import { CLOUD_SWITCHES, type CloudSwitches } from '../../../sandbox/alibaba-cloud/switches.ts';
import type { CloudResult, EndpointSpec } from '../../../src/domain/cloud.ts';
import { judgeProblem } from '../../../src/domain/cloud-errors.ts';
import { localAccount, SPEC } from './local-account.ts';
import { officialClient, sdk } from './official-client.ts';

const UNACCEPTED = { ...SPEC, serviceId: SAMPLE_SERVICES.reindex };
const NEVER = { applied: 'no', again: 'never' };
const LATER = { applied: 'no', again: 'later' };

/** A cloud that waits one minute for what takes time, if it waits at all, and a clock to let it pass. */
async function stage(switches: Partial<CloudSwitches>) {
  // In the middle of a second, so that one can see what is cut off.
  const clock = { now: Math.floor(Date.now() / 1_000) * 1_000 + 500 };
  const { account, cloud } = await localAccount({ state: sampleCloud(switches), now: () => clock.now });
  return {
    account,
    cloud,
    startedAt: clock.now,
    pass(ms: number): void {
      clock.now += ms;
    },
    create: (token: string, spec: EndpointSpec = SPEC) => account.createEndpoint(spec, token, clock.now),
    async made(token: string, spec: EndpointSpec = SPEC): Promise<string> {
      const result = await account.createEndpoint(spec, token, clock.now);
      if (!result.ok) throw new Error(result.problem.code);
      return result.value.id;
    },
    accept: (endpoint: string, token: string, service: string = UNACCEPTED.serviceId) =>
      account.acceptConnection(service, endpoint, token, clock.now),
    listed: async () => ok(await account.listEndpoints(SPEC.instanceId)),
    async connection(endpoint: string, service: string = UNACCEPTED.serviceId) {
      return ok(await account.describeConnection(service, endpoint))?.status;
    },
  };
}

type Stage = Awaited<ReturnType<typeof stage>>;

function ok<T>(result: CloudResult<T>): T {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

function problemOf(result: CloudResult<unknown>) {
  return result.ok ? undefined : result.problem;
}

function verdictOf(result: CloudResult<unknown>): unknown {
  return result.ok ? 'ok' : judgeProblem(result.problem);
}

interface Case {
  /** Other switches, so that there is something to see. */
  readonly given?: Partial<CloudSwitches>;
  readonly ask: (stage: Stage) => Promise<unknown>;
  /** One for each value, in their order. */
  readonly read: readonly unknown[];
}

/** A switch without a case does not compile. */
const CASES: { readonly [K in keyof CloudSwitches]: Case } = {
  honourClientToken: {
    ask: async ({ made }) => {
      const first = await made('t');
      return first === (await made('t'));
    },
    read: [true, false],
  },
  tokenLifetimeMs: {
    ask: async ({ made, pass }) => {
      const first = await made('t');
      pass(600_000);
      return first === (await made('t'));
    },
    read: [true, false],
  },
  tokenStuck: {
    ask: async ({ made, create }) => {
      await made('t');
      return verdictOf(await create('t'));
    },
    read: ['ok', { applied: 'maybe', after: 'give-up', reason: 'token-reused' }],
  },
  dryRunAnswer: {
    ask: async ({ account, cloud }) => {
      const value = ok(await account.dryRunCreateEndpoint(SPEC));
      return [value?.id, cloud.state.endpoints.length];
    },
    read: [...Array(5).fill([undefined, 0]), [expect.any(String), 1]],
  },
  duplicates: {
    ask: async ({ made, create }) => {
      await made('one');
      return verdictOf(await create('another'));
    },
    read: ['ok', { ...NEVER, reason: 'refused-otherwise' }],
  },
  replyServiceId: {
    ask: async ({ create }) => ok(await create('t')).serviceId,
    read: [SPEC.serviceId, CLOUD_SWITCHES.replyServiceId[1]],
  },
  listShowsZone: {
    ask: async ({ made, listed }) => {
      await made('t');
      return (await listed())[0]?.zoneId;
    },
    read: [SPEC.zoneId, undefined],
  },
  listShowsName: {
    ask: async ({ made, listed }) => {
      await made('t');
      return (await listed())[0]?.name;
    },
    read: [expect.any(String), undefined],
  },
  listShowsConnection: {
    ask: async ({ made, listed }) => {
      await made('t');
      return (await listed())[0]?.connectionStatus;
    },
    read: ['Connected', undefined],
  },
  listShowsDomainEarly: {
    given: { connectMs: 60_000 },
    ask: async ({ made, listed, pass }) => {
      await made('t');
      const early = (await listed())[0]?.domain;
      pass(60_000);
      return [early === '', (await listed())[0]?.domain];
    },
    read: [
      [false, expect.stringContaining('privatelink.aliyuncs.com')],
      [true, expect.stringContaining('privatelink.aliyuncs.com')],
    ],
  },
  listLagMs: {
    ask: async ({ made, listed, pass }) => {
      await made('t');
      const early = (await listed()).length;
      pass(30_000);
      return [early, (await listed()).length];
    },
    read: [
      [1, 1],
      [0, 1],
    ],
  },
  listIgnoresPage: {
    ask: async ({ made, account }) => {
      for (let n = 1; n <= 21; n += 1) await made(`t-${n}`);
      const result = await account.listEndpoints(SPEC.instanceId);
      return result.ok ? result.value.length : result.problem.code;
    },
    read: [21, 'IncompleteList'],
  },
  createTime: {
    ask: async ({ made, listed, startedAt }) => {
      await made('t');
      const shown = (await listed())[0]?.createdAt;
      return shown === undefined ? undefined : Date.parse(shown) - startedAt;
    },
    read: [-500, 0, undefined],
  },
  newDeployment: {
    ask: async ({ account }) => [
      ok(await account.listInstances())[0]?.newDeployment,
      ok(await account.describeInstance(SPEC.instanceId)).newDeployment,
    ],
    read: [...Array(3).fill([true, true]), [undefined, undefined]],
  },
  connectMs: {
    ask: async ({ made, listed, pass }) => {
      await made('t');
      const early = (await listed())[0]?.connectionStatus;
      pass(60_000);
      return [early, (await listed())[0]?.connectionStatus];
    },
    read: [
      ['Connected', 'Connected'],
      ['Connecting', 'Connected'],
    ],
  },
  deleteMs: {
    ask: async ({ made, cloud, listed, pass }) => {
      const id = await made('t');
      await officialClient(cloud).deleteVpcEndpoint(SPEC.instanceId, id, new sdk.DeleteVpcEndpointRequest({}));
      const early = (await listed()).map(({ status }) => status);
      pass(60_000);
      return [early, await listed()];
    },
    read: [
      [[], []],
      [['Deleting'], []],
    ],
  },
  unaccepted: {
    ask: async ({ made, listed, connection }) => {
      const id = await made('t', UNACCEPTED);
      return [(await listed())[0]?.connectionStatus, await connection(id)];
    },
    read: [
      ['Disconnected', 'Disconnected'],
      ['Pending', 'Pending'],
    ],
  },
  newerStatusWords: {
    given: { connectMs: 60_000 },
    ask: async ({ made, listed, connection }) => {
      const id = await made('t');
      const [first] = await listed();
      return [first?.status, first?.connectionStatus, await connection(id, SPEC.serviceId)];
    },
    read: [
      ['Creating', 'Connecting', 'Connecting'],
      ['Provisioning', 'Negotiating', 'Negotiating'],
    ],
  },
  connectionLagMs: {
    ask: async ({ made, accept, connection, pass }) => {
      const id = await made('t', UNACCEPTED);
      const early = await connection(id);
      const accepted = verdictOf(await accept(id, 'a-1'));
      pass(10_000);
      return [early, accepted, verdictOf(await accept(id, 'a-1'))];
    },
    read: [
      ['Disconnected', 'ok', 'ok'],
      [undefined, expect.objectContaining({ ...LATER, reason: 'connection-not-found' }), 'ok'],
    ],
  },
  unknownConnection: {
    ask: async ({ account }) => account.describeConnection(UNACCEPTED.serviceId, 'ep-unknown'),
    read: Array(2).fill({ ok: true, value: undefined }),
  },
  connectionsShowStatus: {
    ask: async ({ made, connection }) => connection(await made('t'), SPEC.serviceId),
    read: ['Connected', ''],
  },
  acceptAgain: {
    ask: async ({ made, accept }) => {
      const id = await made('t', UNACCEPTED);
      await accept(id, 'a-1');
      return verdictOf(await accept(id, 'a-2'));
    },
    read: [expect.objectContaining(LATER), expect.objectContaining(LATER), 'ok'],
  },
  concurrentAccept: {
    given: { connectMs: 60_000 },
    ask: async ({ made, accept, connection, pass }) => {
      const first = await made('t-1', UNACCEPTED);
      const second = await made('t-2', { ...UNACCEPTED, zoneId: 'cn-hangzhou-j' });
      await accept(first, 'a-1');
      const answer = verdictOf(await accept(second, 'a-2'));
      pass(60_000);
      return [answer, await connection(first), await connection(second)];
    },
    read: [
      [expect.objectContaining(LATER), 'Connected', 'Disconnected'],
      ['ok', 'Connected', 'Disconnected'],
    ],
  },
  accountIdAs: {
    ask: async ({ made, connection }) => connection(await made('t'), SPEC.serviceId),
    read: ['Connected', 'Connected'],
  },
  refusalStatus: {
    ask: async ({ account }) => {
      const result = await account.describeInstance('es-cn-none');
      return [problemOf(result)?.httpStatus, verdictOf(result)];
    },
    read: [400, 200, 400, 403, 404, 409, 429].map((status) => [status, { ...NEVER, reason: 'instance-not-found' }]),
  },
  retryAfter: {
    ask: async ({ account, cloud }) => {
      cloud.faults.add({ when: 'before', kind: { type: 'status', status: 429, code: 'Throttling.User' } });
      return problemOf(await account.describeInstance(SPEC.instanceId))?.retryAfterMs;
    },
    read: [undefined, 5_000, 5_000, 5_000],
  },
  deniedCode: {
    ask: async ({ account, cloud }) => {
      cloud.state.switches.denied.add('DescribeInstance');
      return verdictOf(await account.describeInstance(SPEC.instanceId));
    },
    read: Array(3).fill({ ...NEVER, reason: 'access-denied' }),
  },
  deniedNamesAction: {
    ask: async ({ account, cloud }) => {
      cloud.state.switches.denied.add('DescribeInstance');
      return problemOf(await account.describeInstance(SPEC.instanceId))?.missingAction;
    },
    read: ['elasticsearch:DescribeInstance', undefined],
  },
  dateHeader: {
    ask: async ({ account }) => {
      const report = await account.probePermissions();
      return report.kind === 'examined' ? report.aheadMs : report;
    },
    read: [expect.any(Number), undefined],
  },
};

describe('a switch of the local cloud', () => {
  it.each(Object.keys(CLOUD_SWITCHES) as (keyof CloudSwitches)[])('is read either way: %s', async (name) => {
    const values: readonly unknown[] = CLOUD_SWITCHES[name];
    const { given = {}, ask, read } = CASES[name];
    expect(read).toHaveLength(values.length);
    for (const [index, value] of values.entries()) {
      const answer = await ask(await stage({ ...given, [name]: value }));
      expect(answer, `${name}: ${String(value)}`).toEqual(read[index]);
    }
  });

  it('stands at its first value to begin with', () => {
    const { denied, ...switches } = sampleCloud().switches;
    const first = Object.entries(CLOUD_SWITCHES).map(([name, [value]]) => [name, value]);
    expect(switches).toEqual(Object.fromEntries(first));
    expect(denied.size).toBe(0);
  });
});
