/** The searched lists: what they ask of the cloud, and when. */
import { describe, expect, it } from 'vitest';
import { createChoices } from '../../src/application/choices.ts';
import { judgeForm } from '../../src/application/form.ts';
import { Kept } from '../../src/application/kept.ts';
import { tidy } from '../../src/application/tidy.ts';
import { ALERTS, FakeCloud, ORDERS, REINDEX } from '../adapters/slack/listeners-cloud.ts';

const MINUTE = 60_000;
const anywhere = { account: undefined, typed: '' };

function choices(patienceMs = 2_000) {
  const cloud = new FakeCloud();
  const time = { ms: 0 };
  const made = createChoices({ accounts: new Map([['prod', cloud]]), monotonic: () => time.ms, patienceMs });
  return { cloud, time, choices: made };
}
const ids = (found: readonly { readonly id: string }[]): readonly string[] => found.map(({ id }) => id);
const never = new Promise<void>(() => {});

describe('the cache', () => {
  it('asks once for searches that come together, and not again for a minute', async () => {
    const { cloud, choices: lists, time } = choices();
    await Promise.all([
      lists.instances(anywhere),
      lists.instances({ ...anywhere, typed: 'o' }),
      lists.instances(anywhere),
    ]);
    time.ms = MINUTE - 1;
    await lists.instances(anywhere);
    expect(cloud.calls).toEqual(['listInstances']);
  });

  it('shows what it has while it asks again', async () => {
    const { cloud, choices: lists, time } = choices();
    await lists.instances(anywhere);
    time.ms = 2 * MINUTE;
    cloud.gate = never;
    expect(ids(await lists.instances({ ...anywhere, typed: 'orders' }))).toEqual([ORDERS]);
    await lists.instances(anywhere);
    expect(cloud.calls).toEqual(['listInstances', 'listInstances']);
  });

  it('waits for a list that is very old, but shows it when nothing better comes', async () => {
    const { cloud, choices: lists, time } = choices(20);
    await lists.instances(anywhere);
    time.ms = 30 * MINUTE;
    cloud.instances = [{ id: 'es-cn-fresh00000000001', description: '', status: 'active' }];
    expect(ids(await lists.instances(anywhere))).toEqual(['es-cn-fresh00000000001']);
    time.ms = 60 * MINUTE;
    cloud.gate = never;
    expect(ids(await lists.instances(anywhere))).toEqual(['es-cn-fresh00000000001']);
  });

  it('leaves a cloud that is down alone for a while', async () => {
    const { cloud, choices: lists, time } = choices();
    cloud.down = true;
    for (const typed of ['o', 'or', 'ord']) expect(ids(await lists.instances({ ...anywhere, typed }))).toEqual([typed]);
    expect(cloud.calls).toEqual(['listInstances']);
    time.ms = 6_000;
    cloud.down = false;
    expect(ids(await lists.instances({ ...anywhere, typed: 'ord' }))).toEqual([ORDERS]);
  });

  it('does not let a fetch that throws escape', async () => {
    const kept = new Kept(() => Promise.reject(new Error('a bug')), {
      monotonic: () => 0,
      freshMs: 1,
      staleMs: 1,
      pauseMs: 1,
    });
    expect(await kept.get()).toBeUndefined();
  });
});

describe('a pasted id', () => {
  it('is looked up while the list is not there, and named', async () => {
    const { cloud, choices: lists } = choices();
    cloud.listInstances = () => new Promise(() => {});
    expect(await lists.instances({ ...anywhere, typed: ORDERS })).toEqual([{ id: ORDERS, name: 'orders-production' }]);
  });

  it('is not looked up once the list is there, nor while it is being typed', async () => {
    const { cloud, choices: lists } = choices();
    await lists.instances({ ...anywhere, typed: 'es-cn-2r4' });
    await lists.instances({ ...anywhere, typed: ORDERS });
    expect(cloud.calls).toEqual(['listInstances']);
  });

  it('is offered as itself when nothing answers', async () => {
    const { cloud, choices: lists } = choices(10);
    cloud.gate = never;
    expect(ids(await lists.instances({ ...anywhere, typed: ORDERS }))).toEqual([ORDERS]);
    expect(ids(await lists.zones({ ...anywhere, typed: 'cn-hangzhou-i', service: ALERTS }))).toEqual(['cn-hangzhou-i']);
  });
});

describe('zones', () => {
  it('of one service ask for that one only', async () => {
    const { cloud, choices: lists } = choices();
    expect(ids(await lists.zones({ ...anywhere, service: REINDEX }))).toEqual(['cn-hangzhou-j']);
    expect(cloud.calls).toEqual([`describeEndpointService ${REINDEX}`]);
  });

  it('of all services are asked for a few at a time', async () => {
    const { cloud, choices: lists } = choices();
    const [first] = cloud.services;
    if (first === undefined) throw new Error('no service');
    cloud.services = Array.from({ length: 30 }, (_, index) => ({
      ...first,
      id: `${ALERTS}${index}`,
      zones: [`cn-x-${index}`],
    }));
    let running = 0;
    let most = 0;
    const describeOne = cloud.describeEndpointService.bind(cloud);
    cloud.describeEndpointService = async (id) => {
      running += 1;
      most = Math.max(most, running);
      const result = await describeOne(id);
      running -= 1;
      return result;
    };
    expect(await lists.zones({ ...anywhere, service: undefined })).toHaveLength(30);
    expect(most).toBe(4);
  });

  it('of a masked service ask for all', async () => {
    const { choices: lists } = choices();
    expect(await lists.zones({ ...anywhere, service: 'epsrv-hp3****' })).toHaveLength(4);
  });

  it('are surely known for a minute only', async () => {
    const { choices: lists, time } = choices();
    expect(lists.surelyOffered('prod', REINDEX)).toBeUndefined();
    await lists.zones({ ...anywhere, service: REINDEX });
    expect(lists.surelyOffered('prod', REINDEX)).toEqual(['cn-hangzhou-j']);
    time.ms = MINUTE;
    expect(lists.surelyOffered('prod', REINDEX)).toBeUndefined();
  });
});

describe('what is known without asking', () => {
  it('names ids, and the account of an instance', async () => {
    const { cloud, choices: lists } = choices();
    expect(lists.known('instance', ORDERS)).toBeUndefined();
    await lists.instances(anywhere);
    await lists.services(anywhere);
    const calls = cloud.calls.length;
    expect(lists.known('instance', ORDERS)?.name).toBe('orders-production');
    expect(lists.known('service', ALERTS)?.name).toBe('watcher webhooks');
    expect(lists.accountOf(ORDERS)).toBe('prod');
    expect(lists.accountOf('es-cn-other')).toBeUndefined();
    expect(cloud.calls).toHaveLength(calls);
  });
});

describe('a form', () => {
  const form = {
    account: undefined,
    instance: ORDERS,
    service: ALERTS,
    zone: 'cn-hangzhou-i',
    reason: 'why',
    mode: 'create',
    lifetime: '7d',
    channel: undefined,
  } as const;
  const nothing = { surelyOffered: () => undefined };

  it('wants an account when there are several', () => {
    expect(judgeForm(form, ['a'], nothing)).toMatchObject({ ok: true, asked: { operation: { account: 'a' } } });
    expect(judgeForm(form, ['a', 'b'], nothing)).toMatchObject({ ok: false });
    expect(judgeForm({ ...form, account: 'b' }, ['a', 'b'], nothing)).toMatchObject({ ok: true });
  });

  it('lists every problem at once', () => {
    const judged = judgeForm({ ...form, instance: '', service: 'x', zone: '*', reason: ' ' }, ['a'], nothing);
    expect(judged.ok ? [] : [...judged.problems.keys()]).toEqual(['instance', 'service', 'zone', 'reason']);
  });
});

it.each([
  [' `es-1`, ', 'es-1'],
  ['“es-1”', 'es-1'],
  ['<es-1>', 'es-1'],
  ['es-cn-****', 'es-cn-****'],
  ['', ''],
])('tidies %j to %j', (typed, expected) => {
  expect(tidy(typed)).toBe(expected);
});
