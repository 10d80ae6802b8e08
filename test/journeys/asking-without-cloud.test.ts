/** Asking while one account's cloud hangs and another's is down: the form opens, offers what was typed, and is taken. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../../sandbox/stage.ts';
import { eventually } from '../support/eventually.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';
import { nothingAmiss } from '../support/stage-of-file.ts';

const INSTANCE = 'es-cn-n6w1rux8i000w1l7x';
const SERVICE = 'epsrv-hp3vpx8yqxblby3i0001';
const ZONE = 'cn-hangzhou-k';

let redis: PrivateRedis;
let silent: Server;
let stage: Stage;

beforeAll(async () => {
  redis = await startPrivateRedis();
  silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const hangs = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  // Nothing listens on port 1.
  const down = 'http://127.0.0.1:1';
  stage = await openStage({
    redisUrl: redis.url,
    config: (usual) => ({
      ...usual,
      accounts: Object.fromEntries(
        Object.entries({ hanging: hangs, down }).map(([name, url]) => [
          name,
          { ...usual.accounts.production, elasticsearch_endpoint: url, privatelink_endpoint: url },
        ]),
      ),
      rules: usual.rules.map((rule) => ({ ...rule, match: {} })),
    }),
  });
});
afterAll(async () => {
  silent?.closeAllConnections();
  silent?.close();
  await stage?.stop();
  await redis?.stop();
});

describe.each(['hanging', 'down'])('with the cloud of the account %s', (account) => {
  it('the form opens, the lists offer the typed id in time, and the request is taken and being checked', async () => {
    const { slack } = stage;
    const ann = slack.as('U0ANN');
    expect(await ann.command('C0DATA', '/vpc-endpoint', 'create')).toMatchObject({ ok: true });
    const view = await ann.waitForView('create_endpoint');
    await ann.choose(view, 'account', account);

    const offered = async (field: string, text: string) =>
      (await ann.search(view, field, text)).map(({ value }) => value);
    expect(await Promise.all([offered('instance', INSTANCE), offered('service', ` \`${SERVICE}\``)])).toEqual([
      [INSTANCE],
      [SERVICE],
    ]);
    await ann.pick(view, 'instance', INSTANCE);
    await ann.pick(view, 'service', SERVICE);
    expect(await offered('zone', ZONE)).toEqual([ZONE]);
    await ann.pick(view, 'zone', ZONE);
    await ann.type(view, 'reason', 'asked while the cloud is away');
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });

    const id = (JSON.parse(view.private_metadata) as { request: string }).request;
    const shown = await eventually('the request being checked', async () => {
      const seen = ann.ephemerals('C0DATA').length;
      await ann.command('C0DATA', '/vpc-endpoint', `show ${id}`);
      const answer = await slack.waitFor(() => ann.ephemerals('C0DATA')[seen], { what: 'where the request is' });
      return answer.text.includes('Checking with Alibaba Cloud') ? answer : undefined;
    });
    expect(shown.text).toContain(id);
    expect(shown.text).toContain(account);
    // Every list and every click was answered within Slack's three seconds.
    expect(slack.log.deliveries.filter(({ problem }) => problem !== undefined)).toEqual([]);
    nothingAmiss(slack);
  });
});

describe('a form that nobody filled in', () => {
  it('asks for the account at its field', async () => {
    const { slack } = stage;
    const ann = slack.as('U0ANN');
    await ann.command('C0DATA', '/vpc-endpoint', `create ${INSTANCE} ${SERVICE} ${ZONE}`);
    const view = await ann.waitForView('create_endpoint');
    await ann.type(view, 'reason', 'which account?');
    expect(await ann.submit(view)).toMatchObject({ outcome: 'incomplete', errors: { account: expect.any(String) } });
    await ann.close(view);
  });
});
