/** Telling, through the real process: everybody hears of everything once, also when Slack fails or forgets. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf, messagesIn, textOf } from '../../sandbox/journey.ts';
import type { FaultSpec } from '../../sandbox/slack/faults.ts';
import type { Json, Message } from '../../sandbox/slack/model.ts';
import { createRequestStore } from '../../src/adapters/redis/request-store.ts';
import { firstBreak } from '../../src/application/audit-chain.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { stageOfFile, withStage } from '../support/stage-of-file.ts';
import { oneModalAtATime, Story } from '../support/story.ts';

const here = stageOfFile({
  config: (usual) => ({
    ...usual,
    accounts: { production: { ...usual.accounts.production, settle: '1s' } },
    rules: [
      {
        name: 'two-yes',
        match: { instance: SAMPLE_INSTANCES.logs },
        steps: [{ users: ['U0BEN', 'U0CAT'], required: 2 }],
      },
      ...usual.rules,
    ],
  }),
});

/** Whether a call is about a message of this request; `key` is how the key of the message begins. */
function about(story: Story, key = ''): NonNullable<FaultSpec['matching']> {
  return ({ metadata }) => {
    const { event_payload: payload } = (typeof metadata === 'string' ? JSON.parse(metadata) : (metadata ?? {})) as {
      event_payload?: Json;
    };
    return payload?.request_id === story.id && String(payload.message).startsWith(key);
  };
}

async function saidOnce(story: Story) {
  const endpoint = await story.ends();
  await story.hears('U0ANN', endpoint.domain);
  await here.slack.waitFor(() => story.auditLines().length > 0 || story.slack !== here.slack, {
    what: 'an audit line',
  });
  expect(story.doubled()).toEqual([]);
  expect(story.results()).toHaveLength(1);
  expect(story.cards()).toHaveLength(1);
  expect(buttonsOf(story.cards()[0] as Message)).toEqual([]);
  expect(textOf(story.results()[0] as Message)).toContain(endpoint.domain);
  return endpoint;
}

// Side by side, the longest first, since each mostly waits for its own request.
describe.concurrent('a post whose reply is lost', () => {
  it('after it took effect: found again by its metadata, whichever message it was', async () => {
    const story = new Story(here);
    here.slack.faults.add({
      method: 'chat.postMessage',
      kind: 'reset',
      when: 'after',
      matching: about(story),
      times: Number.POSITIVE_INFINITY,
    });
    await story.askAndApprove();
    await saidOnce(story);
    const posts = here.slack.log.calls.filter(
      ({ method, args }) => method === 'chat.postMessage' && about(story)(args),
    );
    expect(posts.length).toBeGreaterThanOrEqual(5);
    expect(posts.every(({ fault }) => fault === 'reset after')).toBe(true);
  });

  it('before it took effect: sent again once nobody can be sending it any more', async () => {
    const story = new Story(here);
    here.slack.faults.add({ method: 'chat.postMessage', kind: 'reset', matching: about(story, 'card') });
    await story.askAndApprove();
    await saidOnce(story);
  });

  it('with the text of a server error: looked for as well', async () => {
    const story = new Story(here);
    for (const key of ['card', 'result', 'thread', 'audit-line']) {
      const kind = { kind: 'server_error', status: 503 } as const;
      here.slack.faults.add({ method: 'chat.postMessage', when: 'after', matching: about(story, key), ...kind });
    }
    await story.askAndApprove();
    await saidOnce(story);
  });
});

describe.concurrent('the result', () => {
  it('mentions requester and approvers, and the audit line leads to the card', async () => {
    const story = new Story(here);
    const card = await story.askAndApprove();
    const endpoint = await saidOnce(story);
    const [result] = story.results();
    expect(result?.channel).toBe('C0DATA');
    for (const each of ['<@U0ANN>', '<@U0BEN>', endpoint.domain, endpoint.endpointId]) {
      expect(result?.text).toContain(each);
      expect(JSON.stringify(result?.blocks)).toContain(each);
    }
    const [line] = story.auditLines();
    for (const each of [story.id, endpoint.endpointId, `/archives/C0APPROVALS/p${card.ts.replace('.', '')}`]) {
      expect(line?.text).toContain(each);
    }
  });

  it.each([
    ['a channel that it is not in', 'C0RANDOM'],
    ['a private channel that it can’t see', 'C0SECRET'],
    ['a channel that is archived', 'C0OLD'],
  ])('for %s goes to the requester, who hears of it when asking', async (_what, channel) => {
    const story = new Story(here, { channel });
    await story.ask();
    const told = await story.hears('U0ANN', `can’t post in <#${channel}>`);
    expect(told.ephemeralTo).toBe('U0ANN');
    await here.slack.as('U0BEN').click(await story.cardWith('approve'), 'approve');
    await saidOnce(story);
    expect(story.results()[0]?.channel).toBe('D0ANN');
    expect(messagesIn(here.slack, channel)).toEqual([]);
  });

  it('of what was asked for in the conversation with the bot comes there', async () => {
    const story = new Story(here, { where: 'dm' });
    await story.askAndApprove();
    await saidOnce(story);
    expect(story.results()[0]?.channel).toBe('D0ANN');
    // The result itself tells the requester: a notice beside it would say it twice.
    expect(story.heard('U0ANN').filter(({ text }) => text.includes('is done'))).toEqual([]);
  });

  it('still arrives when the bot was put out of the channel meanwhile', async () => {
    const story = new Story(here);
    const card = await story.askForCard();
    here.slack.faults.add({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'not_in_channel',
      matching: about(story, 'result'),
    });
    await here.slack.as('U0BEN').click(card, 'approve');
    await saidOnce(story);
    expect(story.results()[0]?.channel).toBe('D0ANN');
  });
});

describe.concurrent('the thread', () => {
  it('has each transition once, over a throttled send, a lost one, a failure and a retry', async () => {
    const { slack, cloud, redis } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    const create = { action: 'CreateVpcEndpoint', dryRun: false, about: story.service } as const;
    for (const kind of [
      { type: 'status', status: 400, code: 'Throttling.User' },
      { type: 'html' },
      { type: 'status', status: 400, code: 'OperationDenied.NoAvailableServiceResource' },
    ] as const) {
      cloud.faults.add({ ...create, when: 'before', kind });
    }
    await slack.as('U0DAN').click(card, 'approve');
    await slack.as('U0BEN').click(card, 'approve');
    await story.cardWith('retry');
    await story.hears('U0ANN', 'Add a service resource in the zone');
    await slack.as('U0BEN').click(card, 'retry');
    await saidOnce(story);
    await story.threadSays('The connection is up');

    const told = [
      /<@U0ANN> asked for it$/,
      /The precheck passed; it waits for approval$/,
      /<@U0BEN> approved it \(1 of 1\)$/,
      /Approved by <@U0BEN> under the rule `production`$/,
      /The create is being sent \(attempt 1\)$/,
      /Nothing was created \(`Throttling\.User`, RequestId `.*`\); the next attempt is /,
      /The create is being sent \(attempt 2\)$/,
      /outcome is unclear \(`\w+`\): it is read back/,
      /Two complete listings showed no new endpoint/,
      /The create is being sent \(attempt 3\)$/,
      /It failed\. .*no resource left.*RequestId `.*`$/,
      /<@U0BEN> retried it$/,
      /The create is being sent \(attempt 4, with ClientToken number 2\)$/,
      /The endpoint `ep-.*` was created; its domain is `.*`$/,
      /The connection is up$/,
    ];
    const lines = story.told().split('\n');
    expect(lines).toEqual(told.map((line) => expect.stringMatching(line)));

    // The audit has these and the refused attempt, and each entry vouches for those before it.
    const history = await createRequestStore(redis.client(), 'T0ACME').history(story.id as RequestId);
    expect(firstBreak(history)).toBeUndefined();
    const refused = history.filter(({ event }) => event.type === 'attempt-refused');
    expect(refused.map(({ event }) => event)).toMatchObject([{ by: 'U0DAN', what: 'approve' }]);
  });
});

describe.concurrent('when Slack does not do as it is asked', () => {
  it('a card that could not be updated heals', async () => {
    const story = new Story(here);
    const card = await story.askForCard();
    here.slack.faults.add({ method: 'chat.update', kind: 'server_error', matching: about(story), times: 2 });
    here.slack.faults.add({ method: 'chat.update', kind: 'reset', when: 'after', matching: about(story) });
    await here.slack.as('U0BEN').click(card, 'approve');
    await saidOnce(story);
  });

  it('blocks that it refuses give way to text alone, which says the same', async () => {
    const story = new Story(here);
    const error = { kind: 'error', error: 'invalid_blocks' } as const;
    const withBlocks = (key: string) => (args: Json) => args.blocks !== undefined && about(story, key)(args);
    for (const key of ['card', 'result']) {
      here.slack.faults.add({ method: 'chat.postMessage', matching: withBlocks(key), ...error });
    }
    await story.ask();
    const card = await story.cardSays('can’t show this card’s buttons');
    expect(card.blocks).toEqual([]);
    expect(card.text).toContain(story.service);
    expect(card.text).toContain('Waiting for approval');
    // Without buttons nobody could decide: the blocks are tried again.
    await here.stage.advance(30_000);
    await story.cardWith('approve');
  });

  it('a pace that it does not allow is slowed down: nothing is lost, and nothing is said twice', async () => {
    const story = new Story(here);
    const slower = { kind: 'rate_limited', retryAfterS: 1 } as const;
    for (const key of ['card', 'result', 'thread', 'notice', 'audit-line']) {
      here.slack.faults.add({ method: 'chat.postMessage', matching: about(story, key), ...slower });
    }
    here.slack.faults.add({ method: 'chat.postEphemeral', matching: about(story), ...slower });
    here.slack.faults.add({ method: 'chat.update', matching: about(story), ...slower });
    await story.askAndApprove();
    await saidOnce(story);
  });

  it('an answer through a response URL that is used up comes as an ephemeral message', async () => {
    const story = new Story(here);
    const card = await story.askForCard();
    here.slack.faults.add({
      method: 'response_url',
      kind: 'error',
      error: 'used_url',
      matching: about(story),
    });
    await here.slack.as('U0DAN').click(card, 'approve');
    const told = await story.hears('U0DAN', 'not among those who may decide');
    expect(told.ephemeralTo).toBe('U0DAN');
  });
});

describe.concurrent('a card that somebody deletes', () => {
  it('while it is to be decided is posted anew, and can be decided there', async () => {
    const { slack } = here;
    const story = new Story(here, { instance: SAMPLE_INSTANCES.logs });
    const card = await story.askForCard();
    const held = slack.faults.add({ method: 'chat.update', kind: 'hang', matching: about(story) });
    await slack.as('U0BEN').click(card, 'approve');
    await slack.waitFor(() => held.holding === 1, { what: 'the update' });
    slack.workspace.remove(card);
    held.remove();
    const anew = await slack.waitFor(
      () => story.cards().find((each) => each !== card && textOf(each).includes('1 of 2')),
      { timeoutMs: 15_000, what: 'the new card' },
    );
    await slack.as('U0CAT').click(anew, 'approve');
    await saidOnce(story);
  });

  it('behind a form is posted anew when what was filled in is refused, though nothing on it changes', async () => {
    const { slack } = here;
    const story = new Story(here, { instance: SAMPLE_INSTANCES.logs });
    const card = await story.askForCard();
    const ben = slack.as('U0BEN');
    await oneModalAtATime(slack, 'U0BEN', async () => {
      await ben.click(card, 'approve_with_note');
      const view = await ben.waitForView('approve_request');
      await ben.click(card, 'approve');
      await story.cardSays('1 of 2');
      slack.workspace.remove(card);
      await ben.type(view, 'note', 'Seen');
      await ben.submit(view);
    });
    await story.hears('U0BEN', 'You approved this request already');
    const anew = await slack.waitFor(() => story.cards().find((each) => each !== card), {
      timeoutMs: 20_000,
      what: 'the new card',
    });
    expect(textOf(anew)).toContain('1 of 2');
    await slack.as('U0CAT').click(anew, 'approve');
    await saidOnce(story);
  });

  it('with nobody near it is posted anew within the hour', async () => {
    await withStage(async (stage) => {
      const { slack } = stage;
      const story = new Story(stage);
      const card = await story.askForCard();
      await story.threadSays('it waits for approval');
      slack.workspace.remove(card);
      await stage.advance(61 * 60_000);
      const anew = await slack.waitFor(() => story.cards()[0], { what: 'the new card' });
      await slack.as('U0BEN').click(anew, 'approve');
      await story.result();
      expect(story.cards()).toHaveLength(1);
    });
  });

  it('once it is decided stays deleted; the result comes all the same', async () => {
    const { slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    await story.threadSays('it waits for approval');
    const held = slack.faults.add({ method: 'chat.update', kind: 'hang', matching: about(story) });
    await slack.as('U0BEN').click(card, 'approve');
    await slack.waitFor(() => held.holding === 1, { what: 'the update' });
    slack.workspace.remove(card);
    held.remove();
    const result = await story.result();
    expect(textOf(result)).toContain(story.endpoints()[0]?.domain);
    await slack.waitFor(() => story.auditLines()[0], { timeoutMs: 10_000, what: 'the audit line' });
    expect(story.cards()).toEqual([]);
  });
});

describe('every message', () => {
  it('has a text, and metadata by which it is found again', () => {
    const { slack } = here;
    const posted = slack.workspace.messages.filter(({ user, tombstone, ephemeralTo }) => {
      return user === 'U0BOT' && tombstone !== true && ephemeralTo === undefined;
    });
    expect(posted.length).toBeGreaterThan(60);
    for (const { text, metadata } of posted) {
      expect(text.trim()).not.toBe('');
      expect(metadata?.event_type).toMatch(/^vpc_endpoint_(request|message)$/);
      expect(metadata?.event_payload).toMatchObject({ request_id: expect.stringMatching(/^req_/) });
    }
  });
});
