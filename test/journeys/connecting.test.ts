/** Connecting, through the real process: the endpoint is watched until it is up, and accepted where that is left to somebody. */
import { describe, expect, it } from 'vitest';
import type { LocalCall } from '../../sandbox/alibaba-cloud/server.ts';
import type { LocalEndpoint } from '../../sandbox/alibaba-cloud/state.ts';
import { buttonsOf } from '../../sandbox/journey.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile, withStage } from '../support/stage-of-file.ts';
import { newService, Story, says } from '../support/story.ts';

const MINUTE = 60_000;

const here = stageOfFile();

/** Asked for, approved and made; connected only when the test says so. */
async function madeBy(story: Story): Promise<LocalEndpoint> {
  await story.askAndApprove();
  return await story.ends();
}

function accepts({ cloud, service }: Story): readonly LocalCall[] {
  return cloud.calls.filter(
    ({ action, query }) => action === 'EnableVpcEndpointConnection' && query.ServiceId === service,
  );
}

/** Both places where people look. */
async function everywhere(story: Story, text: string | RegExp): Promise<void> {
  await story.cardSays(text);
  await story.slack.waitFor(() => story.results().find(says(text)), { what: `a result that says ${text}` });
}

describe.sequential('a new endpoint', () => {
  it('shows its connection on card and result, and is told as up once', async () => {
    const story = new Story(here);
    here.cloud.state.switches.connectMs = 60 * MINUTE;
    try {
      await madeBy(story);
      await everywhere(story, 'Connection: not up yet (Alibaba Cloud says `Connecting`)');
    } finally {
      here.cloud.state.switches.connectMs = 0;
    }
    await here.stage.advance(MINUTE);
    await everywhere(story, 'Connection: up.');
    await story.threadSays('The connection is up');
    expect(story.doubled()).toEqual([]);
  });

  it('that its service’s owner must accept says exactly how, and goes on once they did', async () => {
    const story = new Story(here, { service: newService(here.cloud, { autoAccept: false }) });
    const endpoint = await madeBy(story);
    const command = `aliyun privatelink EnableVpcEndpointConnection --ServiceId ${story.service} --EndpointId ${endpoint.endpointId}`;
    await everywhere(story, command);
    await story.hears('U0ANN', command);
    expect(accepts(story)).toEqual([]);

    endpoint.answered = { accepted: true, atMs: Date.now() };
    await here.stage.advance(5 * MINUTE);
    await everywhere(story, 'Connection: up.');
    await story.hears('U0ANN', 'is up');
    expect(story.cards().flatMap(buttonsOf)).not.toContain('accept_connection');
    expect(story.heard('U0ANN').filter(says(command))).toHaveLength(1);
  });

  it('is accepted by the bot when an approver clicks, once, whoever else clicks', async () => {
    const story = new Story(here, { service: newService(here.cloud, { autoAccept: false }) });
    await madeBy(story);
    const card = await story.cardWith('accept_connection');
    await here.slack.as('U0ANN').click(card, 'accept_connection');
    await story.hears('U0ANN', 'You asked for it yourself');
    expect(accepts(story)).toEqual([]);

    await Promise.all(['U0BEN', 'U0CAT', 'U0BEN'].map((who) => here.slack.as(who).click(card, 'accept_connection')));
    await story.threadSays('The bot accepted the connection');
    await here.stage.advance(MINUTE);
    await everywhere(story, 'Connection: up.');
    expect(accepts(story).map(({ outcome }) => outcome)).toEqual(['ok']);
    expect(story.told().match(/had the bot accept the connection/g)).toHaveLength(1);
  });

  it('whose acceptance is forbidden says which permission is missing, and can be tried again', async () => {
    const story = new Story(here, { service: newService(here.cloud, { autoAccept: false }) });
    await madeBy(story);
    const card = await story.cardWith('accept_connection');
    here.cloud.state.switches.denied.add('EnableVpcEndpointConnection');
    await here.slack.as('U0BEN').click(card, 'accept_connection');
    await story.hears('U0ANN', 'privatelink:EnableVpcEndpointConnection');
    here.cloud.state.switches.denied.delete('EnableVpcEndpointConnection');

    await here.slack.as('U0BEN').click(await story.cardWith('accept_connection'), 'accept_connection');
    await story.threadSays('The bot accepted the connection');
    const tokens = accepts(story).map(({ query }) => query.ClientToken);
    expect(new Set(tokens).size).toBe(2);
    await here.stage.advance(MINUTE);
    await story.cardSays('Connection: up.');
  });

  it('that stays down is told once, with the likely reasons, and told when it is up after all', async () => {
    const story = new Story(here);
    here.cloud.state.switches.connectMs = 60 * MINUTE;
    try {
      await madeBy(story);
      await story.cardSays('Alibaba Cloud says `Connecting`');
      for (let minutes = 0; minutes < 20; minutes += 10) await here.stage.advance(10 * MINUTE);
      await story.hears('U0ANN', 'Likely reasons');
      await everywhere(story, 'no healthy backend');
    } finally {
      here.cloud.state.switches.connectMs = 0;
    }
    await here.stage.advance(10 * MINUTE);
    await everywhere(story, 'Connection: up.');
    await story.hears('U0ANN', 'is up');
    expect(story.heard('U0ANN').filter(says('Likely reasons'))).toHaveLength(1);
    expect(story.thread().filter(says('still not up'))).toHaveLength(1);
  });

  it('whose service goes away is told as ended', async () => {
    const story = new Story(here);
    here.cloud.state.switches.connectMs = 60 * MINUTE;
    try {
      const endpoint = await madeBy(story);
      await story.cardSays('not up yet');
      endpoint.connectionStatus = 'ServiceDeleted';
    } finally {
      here.cloud.state.switches.connectMs = 0;
    }
    await here.stage.advance(MINUTE);
    await everywhere(story, 'Connection: ended');
    await story.hears('U0ANN', 'has ended');
  });
});

describe('with accept_connections', () => {
  it('the bot accepts by itself, one at a time, and a lost answer makes no second one', {
    timeout: 60_000,
  }, async () => {
    await withStage(
      async (stage) => {
        const { slack, cloud } = stage;
        cloud.state.switches.connectMs = 300;
        const stories = [0, 1, 2].map(() => new Story(stage, { service: newService(cloud, { autoAccept: false }) }));
        const [first] = stories;
        if (first === undefined) throw new Error('no story');
        // Without its answer it is looked at, and not sent again.
        cloud.faults.add({ action: 'EnableVpcEndpointConnection', when: 'after', kind: { type: 'reset' } });
        await Promise.all(stories.map(madeBy));
        for (const story of stories) {
          await eventually(
            `${story.id} is up`,
            async () => {
              await stage.advance(10_000);
              return story.cards().some(says('Connection: up.'));
            },
            30_000,
          );
          await story.threadSays('the bot accepts this one');
          expect(story.heard('U0ANN').filter(says('must do'))).toEqual([]);
          expect(story.doubled()).toEqual([]);
        }
        const outcomes = stories.flatMap(accepts).map(({ outcome }) => outcome);
        expect(outcomes.sort()).toEqual(['fault:reset', 'ok', 'ok']);
        expect(slack.log.protocolErrors).toEqual([]);
      },
      {
        config: (usual) => ({
          ...usual,
          accounts: { production: { ...usual.accounts.production, accept_connections: true } },
        }),
      },
    );
  });
});
