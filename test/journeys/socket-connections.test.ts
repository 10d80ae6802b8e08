/** Connections of Socket Mode that come and go in the midst of a journey, through real processes: nothing is lost or doubled. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf, fillIn, textOf } from '../../sandbox/journey.ts';
import type { DisconnectReason } from '../../sandbox/slack/deliver/sockets.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import { LIMITS } from '../../sandbox/slack/validate/limits.ts';
import type { Stage } from '../../sandbox/stage.ts';
import { openProbe, type Probe } from '../sandbox/slack/socket-probe.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { oneModalAtATime, Story } from '../support/story.ts';

const SOCKETS = { transport: 'socket' } as const;
const PATIENCE_MS = 60_000;

const here = stageOfFile(SOCKETS);

async function connected({ slack }: Stage, count: number): Promise<void> {
  await slack.waitFor(() => slack.sockets.open === count, { timeoutMs: 20_000, what: `${count} connections` });
}

function failed(slack: LocalSlack): readonly string[] {
  return slack.log.deliveries.flatMap(({ what, problem }) => (problem === undefined ? [] : [what]));
}

/** One endpoint by one create, and everything that people read once. */
async function endsOnce(story: Story): Promise<void> {
  await endsOnceInSight(story);
  expect(story.doubled()).toEqual([]);
}

/** The same where a process died, which may have been about to whisper. */
async function endsOnceInSight(story: Story): Promise<void> {
  const endpoint = await story.ends(PATIENCE_MS);
  expect(story.creates()).toHaveLength(1);
  expect(textOf(await story.result())).toContain(endpoint.domain);
  expect(story.cards().map(buttonsOf)).toEqual([[]]);
  expect(story.told().match(/asked for it/g)).toHaveLength(1);
  expect(story.told().match(/approved it/g)).toHaveLength(1);
  expect(story.doubledApartFromWhispers()).toEqual([]);
}

/** A connection of somebody else, who answers nothing. */
async function otherConnection(slack: LocalSlack): Promise<Probe> {
  const before = slack.sockets.open;
  const probe = openProbe(`ws://127.0.0.1:${slack.port}${slack.sockets.newPath()}`);
  await slack.waitFor(() => slack.sockets.open > before, { what: 'one more connection' });
  return probe;
}

describe.sequential('a connection that Slack has replaced', () => {
  it.each<DisconnectReason>(['warning', 'refresh_requested'])(
    'by %s, at every step of a journey: it goes on as if nothing had been',
    async (reason) => {
      const { slack, cloud, stage } = here;
      const disconnect = () => slack.sockets.disconnect(reason, reason === 'warning' ? 300 : 0);
      const replace = async () => {
        const { openedSoFar } = slack.sockets;
        disconnect();
        await slack.waitFor(() => slack.sockets.openedSoFar > openedSoFar, { timeoutMs: 20_000 });
        await connected(stage, 1);
      };
      const story = new Story(here);
      const { person, view } = await fillIn(slack, story.wish);
      story.id = (JSON.parse(view.private_metadata) as { request: string }).request;
      await replace();
      expect(await person.submit(view)).toEqual({ outcome: 'closed' });
      const card = await story.cardWith('approve');
      await replace();
      const kind = { type: 'delay', ms: 1_000 } as const;
      cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, when: 'before', kind });
      // What is on its way is answered before Slack lets go.
      const click = slack.as('U0BEN').click(card, 'approve');
      disconnect();
      expect(await click).toMatchObject({ ok: true });
      await eventually('the create', () => story.creates().length === 1);
      await endsOnce(story);
      await connected(stage, 1);
      expect(failed(slack)).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'by link_disabled: clicks fail in Slack’s own words until Socket Mode is on again, and count after that',
    async () => {
      const { slack, stage } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      const { appToken } = slack.access;
      const attempts = () => slack.log.count('apps.connections.open');
      const before = attempts();
      slack.access.appToken = 'xapp-of-nobody';
      slack.sockets.disconnect('link_disabled');
      await connected(stage, 0);
      await slack.waitFor(() => attempts() > before + 1, { timeoutMs: 20_000, what: 'attempts to connect' });
      expect(await slack.as('U0BEN').click(card, 'approve')).toMatchObject({ ok: false });
      expect(slack.as('U0BEN').notices()).toHaveLength(1);
      expect(buttonsOf(card)).toContain('approve');

      slack.access.appToken = appToken;
      await connected(stage, 1);
      expect(await slack.as('U0BEN').click(card, 'approve')).toMatchObject({ ok: true });
      await endsOnce(story);
    },
    PATIENCE_MS,
  );
});

describe.sequential('a connection that breaks', () => {
  it(
    'under a click whose answer is lost: delivered again, the click counts once',
    async () => {
      const { slack, stage } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      // The click is on its way to a process that does not look, and the connection is gone before it can answer.
      stage.bot.signal('SIGSTOP');
      const click = slack.as('U0BEN').click(card, 'approve');
      slack.sockets.cut();
      stage.bot.signal('SIGCONT');
      expect(await click).toMatchObject({ ok: false });
      const envelope = slack.sockets.envelopes.at(-1);
      if (envelope === undefined) throw new Error('no envelope');
      await connected(stage, 1);
      for (let times = 1; times <= 2; times += 1) expect(await slack.sockets.redeliver(envelope)).toBe(true);
      await endsOnce(story);
      expect(story.heard('U0BEN')).toEqual([]);
    },
    PATIENCE_MS,
  );
});

// From here on there is more than one process, and not the one of the beginning.
describe.sequential('two processes with a connection each', () => {
  it('run once what Slack delivers again, to either of them', async () => {
    const { slack, stage } = here;
    await stage.addBot();
    await connected(stage, 2);
    const ann = slack.as('U0ANN');
    const heard = ann.ephemerals().length;
    /** Each of the two gets it. */
    const again = async () => {
      const envelope = slack.sockets.envelopes.at(-1);
      if (envelope === undefined) throw new Error('no envelope');
      for (let times = 1; times <= 2; times += 1) expect(await slack.sockets.redeliver(envelope)).toBe(true);
    };
    const story = new Story(here);
    const { person, view } = await oneModalAtATime(slack, 'U0ANN', async () => {
      const typed = `create ${SAMPLE_INSTANCES.orders} ${story.service} cn-hangzhou-i`;
      await ann.command('C0DATA', '/vpc-endpoint', typed);
      await again();
      return { person: ann, view: await ann.waitForView('create_endpoint') };
    });
    expect(ann.views()).toEqual([view]);
    story.id = (JSON.parse(view.private_metadata) as { request: string }).request;
    await person.type(view, 'reason', 'asked once');
    expect(await person.submit(view)).toEqual({ outcome: 'closed' });
    await again();
    expect(await slack.as('U0BEN').click(await story.cardWith('approve'), 'approve')).toMatchObject({ ok: true });
    await again();
    await endsOnce(story);
    // Nobody is told that anything was in vain.
    expect(story.heard('U0BEN')).toEqual([]);
    const others = ann
      .ephemerals()
      .slice(heard)
      .filter(({ metadata }) => metadata?.event_payload.request_id !== story.id);
    expect(others).toEqual([]);
  }, 90_000);

  it('decide each of many double clicks once, and one goes on alone when the other is killed', async () => {
    const { slack, cloud, stage } = here;
    const stories = Array.from({ length: 10 }, (_, nth) => new Story(here, { who: nth % 2 === 0 ? 'U0ANN' : 'U0DAN' }));
    const cards = await Promise.all(stories.map((story) => story.askForCard()));
    for (const card of cards.slice(0, 7)) {
      const [ben, cat] = await Promise.all(['U0BEN', 'U0CAT'].map((who) => slack.as(who).clickTwice(card, 'approve')));
      expect([ben, cat].flat().map((result) => result?.ok)).toEqual([true, true, true, true]);
    }
    await Promise.all(stories.slice(0, 7).map(endsOnce));

    // These are acknowledged, and not carried out yet.
    const killedOver = stories.slice(7);
    for (const { service } of killedOver) {
      const kind = { type: 'delay', ms: 2_000 } as const;
      cloud.faults.add({ action: 'GetVpcEndpointServiceAttribute', about: service, when: 'before', kind });
    }
    const last = await Promise.all(cards.slice(7).map((card) => slack.as('U0BEN').click(card, 'approve')));
    expect(last.map(({ ok }) => ok)).toEqual([true, true, true]);
    const before = failed(slack).length;
    const [first] = stage.bots;
    first?.signal('SIGKILL');
    await first?.ended;
    await connected(stage, 1);
    const after = new Story(here);
    await after.askAndApprove();
    await Promise.all([...killedOver, after].map(endsOnceInSight));
    expect(failed(slack).slice(before)).toEqual([]);
  }, 120_000);
});

describe.sequential('as many connections as Slack allows', () => {
  it('leave room for one process after the other, whichever of eleven is sent away', async () => {
    const { slack, stage } = here;
    const { connections } = LIMITS.sockets;
    slack.switches.socketChoice = 'newest';
    const before = failed(slack).length;
    const others: Probe[] = [];
    while (slack.sockets.open < connections) others.push(await otherConnection(slack));
    const attempts = () => slack.log.count('apps.connections.open');
    const tried = attempts();
    // It tries until one of the ten has gone.
    const eleventh = stage.addBot();
    await slack.waitFor(() => attempts() > tried + 1, { timeoutMs: 30_000, what: 'attempts to connect' });
    expect(slack.sockets.open).toBe(connections);
    others.pop()?.close();
    await eleventh;

    slack.switches.eleventhConnection = 'oldest_sent_away';
    await stage.addBot();
    const story = new Story(here);
    await story.askAndApprove();
    await endsOnce(story);
    expect(failed(slack).slice(before)).toEqual([]);
    for (const other of others) other.close();
    await connected(stage, 3);
  }, 90_000);
});
