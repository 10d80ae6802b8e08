/** The searched lists, as a person sees them. */
import { describe, expect, it } from 'vitest';
import type { Option, View } from '../../../sandbox/slack/model.ts';
import { ALERTS, ORDERS, REINDEX, RETIRED } from './listeners-cloud.ts';
import { type Stage, type StageOptions, setStage } from './listeners-stage.ts';

const zones = (...letters: string[]): string[] => letters.map((letter) => `cn-hangzhou-${letter}`);
const values = (options: Option[]): string[] => options.map(({ value }) => value);

async function opened(options: StageOptions = {}, typed = ''): Promise<Stage & { view: View; find: Find }> {
  const stage = await setStage(options);
  const ann = stage.slack.as('U0ANN');
  await ann.command('C0DATA', '/vpc-endpoint', `create ${typed}`);
  const view = await ann.waitForView('create_endpoint');
  return { ...stage, view, find: (list, text) => ann.search(view, list, text) };
}
type Find = (list: string, text: string) => Promise<Option[]>;

describe('instances and services', () => {
  it('are found by name and by id, and inactive ones are marked', async () => {
    const { find } = await opened();
    const all = await find('instance', '');
    expect(all.map(({ text }) => text.text)).toEqual([
      `orders-production (${ORDERS})`,
      `search-retired (${RETIRED}) · not usable: inactive`,
    ]);
    expect(values(await find('instance', 'ORDERS'))).toEqual([ORDERS]);
    expect(values(await find('instance', 'tctl000d1'))).toEqual([ORDERS]);
    expect((await find('service', 'reindex')).map(({ text }) => text.text)).toEqual([`remote reindex (${REINDEX})`]);
  });

  it('keep the id in sight however long the name is', async () => {
    const { find, cloud } = await opened();
    cloud.instances = [{ id: ORDERS, description: `<&>${'a very long name '.repeat(10)}`, status: 'activating' }];
    const [found] = await find('instance', '');
    expect(found?.text.text).toContain(ORDERS);
  });

  it('offer an id that is not listed as itself, a masked one too', async () => {
    const { find } = await opened();
    expect(values(await find('instance', ' es-cn-000000000000000aa '))).toEqual(['es-cn-000000000000000aa']);
    expect(values(await find('instance', 'es-cn-n6w1****'))).toEqual(['es-cn-n6w1****']);
    expect(values(await find('instance', 'nothing like that'))).toEqual([]);
  });

  it('are at most a hundred', async () => {
    const { find, cloud } = await opened();
    cloud.instances = Array.from({ length: 250 }, (_, index) => {
      return { id: `es-cn-${String(index).padStart(17, '0')}`, description: 'one of many', status: 'active' };
    });
    expect(await find('instance', '')).toHaveLength(100);
  });

  it('come from the account that was picked, else from all', async () => {
    const { find, slack, view } = await opened({ accounts: ['prod', 'test'] });
    const all = await find('instance', 'orders');
    expect(all.map(({ text }) => text.text)).toEqual([
      `prod: orders-production (${ORDERS})`,
      `test: orders-production (${ORDERS})`,
    ]);
    await slack.as('U0ANN').choose(view, 'account', 'test');
    expect((await find('instance', 'orders')).map(({ text }) => text.text)).toEqual([`orders-production (${ORDERS})`]);
  });
});

describe('with a cloud that does not answer', () => {
  it.each(['slow', 'down'])('(%s) what was typed is offered', async (how) => {
    const stage = await setStage({ patienceMs: 30 });
    if (how === 'down') stage.cloud.down = true;
    else stage.cloud.gate = new Promise(() => {});
    const ann = stage.slack.as('U0ANN');
    await ann.command('C0DATA', '/vpc-endpoint', 'create');
    const view = await ann.waitForView('create_endpoint');
    for (const list of ['instance', 'service', 'zone']) {
      expect(values(await ann.search(view, list, 'typed'))).toEqual(['typed']);
      expect(values(await ann.search(view, list, ''))).toEqual([]);
    }
    expect(stage.slack.log.protocolErrors).toEqual([]);
  });

  it('is answered in time even when everything else hangs', async () => {
    const { find, cloud, redis, lines } = await opened({ optionsMs: 40, patienceMs: 5_000 });
    cloud.instances = [];
    cloud.gate = new Promise(() => {});
    redis.waitsFor = new Promise(() => {});
    expect(values(await find('zone', 'cn-hangzhou-i'))).toEqual(['cn-hangzhou-i']);
    expect(lines.some(({ message }) => message.includes('without its list'))).toBe(true);
  });
});

describe('zones', () => {
  it('follow the service that was picked', async () => {
    const { find, slack, view, picked } = await opened();
    const ann = slack.as('U0ANN');
    await ann.pick(view, 'service', ALERTS);
    expect(picked.get(view.id)).toEqual({ service: ALERTS });
    expect(values(await find('zone', ''))).toEqual(zones('g', 'h', 'i'));
    await ann.pick(view, 'service', REINDEX);
    expect(values(await find('zone', ''))).toEqual(zones('j'));
  });

  it('follow the service that was typed with the command', async () => {
    const { find } = await opened({}, REINDEX);
    expect(values(await find('zone', ''))).toEqual(zones('j'));
  });

  it('are those of all services while none is known, and what was typed', async () => {
    const { find } = await opened();
    expect(values(await find('zone', ''))).toEqual(zones('g', 'h', 'i', 'j'));
    expect(values(await find('zone', '-j'))).toEqual(zones('j'));
    expect(values(await find('zone', 'cn-hangzhou-z'))).toEqual(zones('z'));
  });

  it('are still offered when the picks can be neither kept nor read', async () => {
    const { find, slack, view, redis } = await opened();
    redis.fails = true;
    expect(await slack.as('U0ANN').pick(view, 'service', ALERTS)).toMatchObject({ ok: true });
    expect(values(await find('zone', ''))).toEqual(zones('g', 'h', 'i', 'j'));
  });
});
