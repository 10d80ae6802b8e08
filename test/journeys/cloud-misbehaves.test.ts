/** A cloud that forgets, lags, is behind the time or drops its connections, through the real process: one endpoint comes of it, or a person is asked. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../sandbox/alibaba-cloud/faults.ts';
import { SAMPLE_INSTANCES, sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { type LocalCloud, startLocalCloud } from '../../sandbox/alibaba-cloud/server.ts';
import type { LocalEndpoint } from '../../sandbox/alibaba-cloud/state.ts';
import type { CloudSwitches } from '../../sandbox/alibaba-cloud/switches.ts';
import { textOf } from '../../sandbox/journey.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

const MINUTE = 60_000;
/** Longer than `settle`, and than any story here. */
const FOR_EVER = 24 * 60 * MINUTE;
const PATIENCE_MS = 40_000;

/** By name: an account with a cloud of its own, whose clock is off by so much. */
const CLOUDS: { readonly [name: string]: { readonly offMs?: number; readonly switches?: Partial<CloudSwitches> } } = {
  'honoured-late': { switches: { listLagMs: 1_000 } },
  ignored: { switches: { honourClientToken: false } },
  'ignored-late': { switches: { honourClientToken: false, listLagMs: 1_000 } },
  'forgotten-late': { switches: { tokenLifetimeMs: 0, listLagMs: 1_000 } },
  'stuck-late': { switches: { tokenStuck: true, listLagMs: 1_000 } },
  'ignored-behind': { offMs: -10 * MINUTE, switches: { honourClientToken: false } },
  'ignored-ahead': { offMs: 10 * MINUTE, switches: { honourClientToken: false } },
  'too-late-honoured': { switches: { listLagMs: FOR_EVER } },
  'too-late-stuck': { switches: { listLagMs: FOR_EVER, tokenStuck: true } },
  'too-late-ignored': { switches: { listLagMs: FOR_EVER, honourClientToken: false } },
  'far-behind': { offMs: -20 * MINUTE },
  many: { switches: { honourClientToken: false } },
  throttling: {},
  idle: {},
  expiring: {},
};

const clouds = new Map<string, LocalCloud>();
for (const [name, { offMs = 0, switches }] of Object.entries(CLOUDS)) {
  clouds.set(name, await startLocalCloud({ state: sampleCloud(switches), now: () => Date.now() + offMs }));
}
const keys = await startKeyServer();
afterAll(async () => {
  await Promise.all([...clouds.values()].map((cloud) => cloud.stop()));
  keys.server.close();
});

const here = stageOfFile({
  config: (usual) => ({
    ...usual,
    accounts: Object.fromEntries(
      [...clouds].map(([name, { url }]) => [
        name,
        {
          ...usual.accounts.production,
          elasticsearch_endpoint: url,
          privatelink_endpoint: url,
          ...(name === 'expiring' ? { credentials: { type: 'credentials_uri', uri: keys.url } } : {}),
        },
      ]),
    ),
    rules: usual.rules.map((rule) => ({ ...rule, match: {} })),
  }),
});

/** Temporary keys, a new one for each who asks. */
async function startKeyServer() {
  let number = 0;
  const server: Server = createServer((_request, response) => {
    number += 1;
    const expiresAt = new Date(Date.now() + 60 * MINUTE).toISOString();
    const { id, secret, token } = temporaryKey(number);
    const key = { AccessKeyId: id, AccessKeySecret: secret, SecurityToken: token, Expiration: expiresAt };
    response.end(JSON.stringify({ Code: 'Success', ...key }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    given: () => number,
  };
}

function temporaryKey(number: number) {
  return { id: `STS.key${number}`, secret: `secret-of-${number}`, token: `token-of-${number}` };
}

function cloudOf(name: string): LocalCloud {
  const cloud = clouds.get(name);
  if (cloud === undefined) throw new Error(`no cloud ${name}`);
  return cloud;
}

let asked = 0;

/** Somebody asks it of this account; several people do, so that nobody's forms make the others wait. */
function storyOf(account: string): Story {
  asked += 1;
  const who = ['U0ANN', 'U0CAT', 'U0DAN'][asked % 3] ?? 'U0ANN';
  return new Story({ slack: here.slack, cloud: cloudOf(account) }, { account, who, instance: SAMPLE_INSTANCES.orders });
}

function nextCreate({ cloud }: Story, when: 'before' | 'after', kind: FaultKind): void {
  cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, when, kind });
}

/** One endpoint, by so many sends under one ClientToken, told once everywhere. */
async function endsInOne(story: Story, sends: number): Promise<LocalEndpoint> {
  const endpoint = await story.ends(PATIENCE_MS);
  expect(story.creates()).toHaveLength(sends);
  expect(new Set(story.creates().map(({ clientToken }) => clientToken)).size).toBe(1);
  expect(story.creates().filter(({ made }) => made !== undefined)).toHaveLength(1);
  expect(textOf(await story.result())).toContain(endpoint.domain);
  expect(story.doubled()).toEqual([]);
  expect(story.cards()).toHaveLength(1);
  return endpoint;
}

// Side by side, since each mostly waits for its own cloud.
describe.concurrent('a create whose reply is lost after it took effect', () => {
  it.each([
    ['honoured-late', 'the list shows it after a while'],
    ['ignored', 'the ClientToken is ignored'],
    ['ignored-late', 'the ClientToken is ignored, and the list shows it after a while'],
    ['forgotten-late', 'the ClientToken is forgotten at once, and the list shows it after a while'],
    ['stuck-late', 'the ClientToken is stuck, and the list shows it after a while'],
    ['ignored-behind', 'the ClientToken is ignored, and the cloud’s clock is ten minutes behind'],
    ['ignored-ahead', 'the ClientToken is ignored, and the cloud’s clock is ten minutes ahead'],
  ])('is one endpoint, sent once, where (%s) %s', async (account) => {
    const story = storyOf(account);
    nextCreate(story, 'after', { type: 'reset' });
    await story.askAndApprove();
    await endsInOne(story, 1);
    expect(story.told()).toContain('was found by reading back');
  });

  it('is found on the last of several pages, among endpoints that were there before', async () => {
    const story = storyOf('many');
    const { state, calls } = story.cloud;
    const before = Array.from({ length: 230 }, (_, index) => ({
      instanceId: SAMPLE_INSTANCES.orders,
      serviceId: index % 2 === 0 ? story.service : `epsrv-hp3other${index}`,
      zoneId: 'cn-hangzhou-h',
      endpointId: `ep-hp3before${index}`,
      name: `before-${index}`,
      domain: `ep-hp3before${index}.privatelink.aliyuncs.com`,
      createdAtMs: Date.now() - FOR_EVER,
    }));
    state.endpoints.push(...before);
    nextCreate(story, 'after', { type: 'reset' });
    await story.askAndApprove();
    await story.cardSays('*Created* on ', PATIENCE_MS);
    const made = state.endpoints.filter((each) => !before.some(({ endpointId }) => endpointId === each.endpointId));
    expect(made).toHaveLength(1);
    expect(textOf(await story.result())).toContain(made[0]?.domain);
    expect(story.creates()).toHaveLength(1);
    const pages = calls.filter(({ action }) => action === 'ListVpcEndpoints').map(({ query }) => Number(query.page));
    expect(Math.max(...pages)).toBeGreaterThan(2);
  });
});

describe.concurrent('a list that shows the endpoint later than settle', () => {
  it('has it sent again with the same ClientToken, which brings the same endpoint', async () => {
    const story = storyOf('too-late-honoured');
    nextCreate(story, 'after', { type: 'reset' });
    await story.askAndApprove();
    await endsInOne(story, 2);
  });

  it('and a ClientToken that is stuck at IdempotentFailed: a person is asked once the endpoint shows', async () => {
    const story = storyOf('too-late-stuck');
    nextCreate(story, 'after', { type: 'reset' });
    const card = await story.askAndApprove();
    await story.cardWith('retry', PATIENCE_MS);
    expect(story.creates().at(-1)?.outcome).toBe('IdempotentFailed');
    story.cloud.state.switches.listLagMs = 0;
    await story.cardWith('choose_endpoint', PATIENCE_MS);
    expect(textOf(card)).toContain(story.endpoints()[0]?.endpointId);
    expect(story.endpoints()).toHaveLength(1);
  });

  it('and a ClientToken that is ignored: the second endpoint, which nothing could prevent, is noticed and told', async () => {
    const story = storyOf('too-late-ignored');
    nextCreate(story, 'after', { type: 'reset' });
    const card = await story.askAndApprove();
    await story.cardSays('*Created* on ', PATIENCE_MS);
    expect(story.endpoints()).toHaveLength(2);
    story.cloud.state.switches.listLagMs = 0;
    const [first] = story.endpoints();
    await story.cardSays('Another endpoint', PATIENCE_MS);
    expect(textOf(card)).toContain(first?.endpointId);
    expect(story.creates()).toHaveLength(2);
    expect(story.endpoints()).toHaveLength(2);
  });
});

describe.concurrent('a call that the cloud does not take', () => {
  it('for so long as it says itself, is sent again no sooner', async () => {
    const { stage } = here;
    const story = storyOf('throttling');
    const card = await story.askForCard();
    const headers = { 'retry-after': '300' };
    nextCreate(story, 'before', { type: 'status', status: 429, code: 'Throttling.User', headers });
    const before = await stage.advance(0);
    await here.slack.as('U0BEN').click(card, 'approve');
    const told = await story.threadSays('Nothing was created (`Throttling.User`', PATIENCE_MS);
    const [, next] = /next attempt is .*<!date\^(\d+)/.exec(textOf(told)) ?? [];
    expect(Number(next) * 1_000).toBeGreaterThan(before + 299_000);
    await stage.advance(5 * MINUTE);
    await endsInOne(story, 2);
  });

  it('since the clocks are too far apart is refused, in words', async () => {
    const story = storyOf('far-behind');
    await story.ask();
    const { who = '' } = story.wish;
    const told = await here.slack.waitFor(
      () => story.heard(who).find((message) => /off by more than 15 minutes|相差超过|15 分钟/.test(textOf(message))),
      { timeoutMs: PATIENCE_MS, what: 'a refusal that names the clock' },
    );
    expect(told.ephemeralTo).toBe(who);
    expect(story.cards()).toEqual([]);
    expect(story.creates()).toEqual([]);
    expect(story.endpoints()).toEqual([]);
  });

  it('since the security token expired after the approval is signed with a new one, and sent', async () => {
    const story = storyOf('expiring');
    const { accessKeys } = story.cloud;
    for (let number = 1; number <= 20; number += 1) {
      const { id, secret, token } = temporaryKey(number);
      accessKeys[id] = { secret, securityToken: token };
    }
    const card = await story.askForCard();
    const given = keys.given();
    nextCreate(story, 'before', { type: 'status', status: 403, code: 'InvalidSecurityToken.Expired' });
    await here.slack.as('U0BEN').click(card, 'approve');
    await endsInOne(story, 2);
    expect(keys.given()).toBe(given + 1);
    const [first, second] = story.creates().map(({ headers }) => headers['x-acs-security-token']);
    expect(first).not.toBe(second);
    // It was no attempt of its own: nobody needs to read of it.
    expect(story.told()).not.toContain('attempt 2');
  });
});

describe.concurrent('connections that break once they have idled', () => {
  it('cost nothing: reads are asked again, and a create goes out on a connection of its own', async () => {
    const story = storyOf('idle');
    const { cloud } = story;
    const card = await story.askForCard();
    const kind = { type: 'reset' } as const;
    cloud.faults.add({ onUsedConnection: true, when: 'before', kind, times: Number.POSITIVE_INFINITY });
    await here.slack.as('U0BEN').click(card, 'approve');
    await endsInOne(story, 1);
    expect(cloud.calls.filter(({ outcome }) => outcome === 'fault:reset').length).toBeGreaterThan(0);
    expect(story.creates().map(({ onUsedConnection }) => onUsedConnection)).toEqual([false]);
    expect(story.told()).not.toContain('unclear');
  });
});
