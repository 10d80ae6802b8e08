/** Socket Mode through the real process: the main job, connections that Slack ends, two processes, a stop. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import { ask, buttonsOf, cards, messagesIn, textOf, waitForCard, waitForText } from '../../sandbox/journey.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import { createsThatTookEffect } from '../support/cloud-calls.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile, withStage } from '../support/stage-of-file.ts';

const SOCKETS = { transport: 'socket' } as const;

async function readiness(bot: BotProcess): Promise<{ status: number; reasons: string[] }> {
  const response = await fetch(`${bot.adminUrl}/readyz`);
  return { status: response.status, reasons: ((await response.json()) as { reasons: string[] }).reasons };
}

/** Every connection is another one than before. */
async function replaced(slack: LocalSlack, { count, before }: { count: number; before: number }): Promise<void> {
  await slack.waitFor(() => slack.sockets.open === count && slack.sockets.openedSoFar === before + count, {
    timeoutMs: 10_000,
    what: `${count} new connections`,
  });
}

describe('over a socket', () => {
  const stage = stageOfFile(SOCKETS);

  it('is ready once connected, and listens on no port', async () => {
    const { bot } = stage.stage;
    const ready = bot.lines.find(({ event }) => event === 'ready');
    expect(ready).toMatchObject({ admin_port: expect.any(Number) });
    expect(ready).not.toHaveProperty('port');
    expect(bot.eventsUrl).toBeUndefined();
    expect(await readiness(bot)).toEqual({ status: 200, reasons: [] });
  });

  it('offers options, and refuses a masked id at its field', async () => {
    const { slack } = stage;
    const ann = slack.as('U0ANN');
    await ann.command('C0DATA', '/vpc-endpoint', 'create');
    const form = await ann.waitForView('create_endpoint');
    const offered = await ann.search(form, 'instance', '');
    expect(offered.map(({ value }) => value)).toContain(SAMPLE_INSTANCES.orders);
    await ann.close(form);
    expect(await ask(slack, { instance: 'es-cn-2r429tctl000d****' })).toEqual({
      outcome: 'errors',
      errors: { instance: 'This id is masked, as in documentation. Paste the full id.' },
    });
    for (const open of ann.views()) await ann.close(open);
  });

  it('goes from the command to the domain, though Slack ends the connection on the way', async () => {
    const { slack, cloud } = stage;
    expect(await ask(slack)).toEqual({ outcome: 'closed' });
    const card = await waitForCard(slack, 'approve');

    const before = slack.sockets.openedSoFar;
    slack.sockets.disconnect('refresh_requested');
    await replaced(slack, { count: 1, before });
    expect(await slack.as('U0BEN').click(card, 'approve')).toMatchObject({ ok: true });

    const result = await waitForText(slack, 'C0DATA', 'privatelink.aliyuncs.com');
    const [made] = createsThatTookEffect(cloud);
    expect(createsThatTookEffect(cloud)).toHaveLength(1);
    const endpoint = cloud.state.endpoints.find(({ endpointId }) => endpointId === made?.made);
    expect(textOf(result)).toContain(endpoint?.domain);
    await slack.waitFor(() => buttonsOf(card).length === 0 && textOf(card).includes('ep-'), { what: 'the final card' });
    expect(slack.log.deliveries.filter(({ problem }) => problem !== undefined)).toEqual([]);
  });

  it('misses nothing when Slack warns first', async () => {
    const { slack } = stage;
    const before = slack.sockets.openedSoFar;
    slack.sockets.disconnect('warning', 4_000);
    await slack.waitFor(() => slack.sockets.open === 2, { timeoutMs: 4_000, what: 'a second connection' });
    while (slack.sockets.open === 2) {
      expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help')).toMatchObject({ ok: true });
    }
    await replaced(slack, { count: 1, before });
    expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help')).toMatchObject({ ok: true });
  });

  it('survives nonsense, and logs it', async () => {
    const { slack, stage: open } = stage;
    const texts = ['null', '[]', '"x"', '{"type":"events_api","envelope_id":"1","payload":null}'];
    for (const text of texts) slack.sockets.sendRaw(text);
    expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help')).toMatchObject({ ok: true });
    const logged = () => open.bot.lines.filter(({ msg }) => String(msg).includes('makes no sense')).length;
    await eventually('a line for each', () => logged() === texts.length);
  });

  it('does nothing twice when Slack delivers again', async () => {
    const { slack, stage: open } = stage;
    const ann = slack.as('U0ANN');
    const told = ann.ephemerals().length;
    await ann.command('C0DATA', '/vpc-endpoint', 'create');
    const form = await ann.waitForView('create_endpoint');
    const opened = slack.log.count('views.open');
    const command = slack.sockets.envelopes.at(-1);
    if (command === undefined) throw new Error('no envelope');
    expect(await slack.sockets.redeliver(command)).toBe(true);
    const seen = () => open.bot.lines.some(({ msg }) => String(msg).includes('delivered again'));
    await eventually('it knows the command', seen);
    expect(ann.views().map(({ id }) => id)).toEqual([form.id]);
    expect(slack.log.count('views.open')).toBe(opened);
    expect(ann.ephemerals()).toHaveLength(told);
    await ann.close(form);
  });

  it('is not ready without a connection, and is again with one', async () => {
    const { slack, stage: open } = stage;
    const { appToken } = slack.access;
    slack.access.appToken = 'xapp-another';
    slack.sockets.cut();
    await eventually('not ready', async () => (await readiness(open.bot)).status === 503);
    expect((await readiness(open.bot)).reasons).toEqual(['no Socket Mode connection to Slack']);
    slack.access.appToken = appToken;
    await eventually('ready', async () => (await readiness(open.bot)).status === 200, 20_000);
    expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help')).toMatchObject({ ok: true });
  });
});

describe('two processes on one Redis', () => {
  it('share what comes, replace each other, and exit 0 when told to', async () => {
    await withStage(async ({ slack, cloud, bots, addBot }) => {
      await addBot();
      await slack.waitFor(() => slack.sockets.open === 2);
      const [first, second] = bots;
      if (first === undefined || second === undefined) throw new Error('two bots were started');
      expect(await ask(slack)).toEqual({ outcome: 'closed' });
      const card = await waitForCard(slack, 'approve');
      const clicks = [slack.as('U0BEN').click(card, 'approve'), slack.as('U0CAT').click(card, 'approve')];
      expect((await Promise.all(clicks)).map(({ ok }) => ok)).toEqual([true, true]);
      await waitForText(slack, 'C0DATA', 'privatelink.aliyuncs.com');
      expect(createsThatTookEffect(cloud)).toHaveLength(1);
      expect(cards(slack)).toHaveLength(1);
      for (const bot of [first, second]) {
        await eventually('a click in each log', () => bot.lines.some(({ msg }) => msg === 'a click'));
      }

      expect(await first.stop()).toBe(0);
      expect(slack.sockets.open).toBe(1);
      for (let count = 1; count <= 3; count += 1) {
        expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help')).toMatchObject({ ok: true });
      }
      expect(await second.stop()).toBe(0);
      await slack.waitFor(() => slack.sockets.open === 0);
      // Not by the last resort, which exits 0 too.
      for (const { lines } of [first, second]) expect(lines.at(-1)).toMatchObject({ event: 'stopped' });
      const results = messagesIn(slack, 'C0DATA').filter((one) => textOf(one).includes('privatelink.aliyuncs.com'));
      expect(results).toHaveLength(1);
    }, SOCKETS);
  }, 90_000);
});

describe('a token that Slack refuses', () => {
  it('ends the start with a sentence', async () => {
    await expect(
      withStage(() => Promise.resolve(), { ...SOCKETS, env: { SLACK_APP_TOKEN: 'xapp-wrong' } }),
    ).rejects.toThrow(/SLACK_APP_TOKEN: Slack refuses it \(invalid_auth\)/);
  });
});
