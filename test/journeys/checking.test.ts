/** Checking, through the real process: each refusal in words and with a way on, outages waited out, dry runs distrusted. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf, fillIn, textOf, type Wish, waitForText } from '../../sandbox/journey.ts';
import { runCli } from '../cli/run-cli.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { changeService, newService, Story, says } from '../support/story.ts';

const here = stageOfFile();

const A_MINUTE = 60_000;

/** Nobody is asked to approve what the check refused. */
async function refusedWith(story: Story, ...words: readonly (string | RegExp)[]) {
  const told = await story.hears('U0ANN', 'was refused');
  for (const each of words) expect(textOf(told)).toMatch(each);
  expect(textOf(told)).toContain('What to do:');
  expect(told.ephemeralTo).toBe('U0ANN');
  expect(told.channel).toBe('C0DATA');
  expect(buttonsOf(told)).toEqual(['edit']);
  expect(story.cards()).toEqual([]);
  expect(story.creates()).toEqual([]);
  return told;
}

describe('what the check refuses reaches the requester in words, with a way to correct it', () => {
  it.each<[string, Wish, RegExp]>([
    ['an inactive instance', { instance: SAMPLE_INSTANCES.inactive }, /not active: its status is `inactive`/],
    ['one that is starting', { instance: SAMPLE_INSTANCES.activating }, /not active: its status is `activating`/],
    ['one of before October 2020', { instance: SAMPLE_INSTANCES.old }, /does not support private connections/],
    ['one that does not exist', { instance: 'es-cn-000000000000xxxxx' }, /does not know this Elasticsearch instance/],
    ['an inactive service', { service: SAMPLE_SERVICES.pending }, /endpoint service is not active.*`Pending`/],
    ['one that does not exist', { service: 'epsrv-hp3nowhere00000000000' }, /does not know this endpoint service/],
  ])('%s', async (_what, wish, words) => {
    const story = new Story(here, wish);
    await story.ask();
    await refusedWith(story, words);
  });

  it('a zone that the service no longer offers, with those that it does', async () => {
    const { cloud } = here;
    const story = new Story(here);
    const { person, view } = await fillIn(here.slack, story.wish);
    story.id = (JSON.parse(view.private_metadata) as { request: string }).request;
    // The form knows the zones as they were; the check asks again.
    await eventually('the zones that the form asks for', () =>
      cloud.calls.some(({ query, outcome }) => query.ServiceId === story.service && outcome === 'ok'),
    );
    changeService(cloud, story.service, { zones: ['cn-hangzhou-h', 'cn-hangzhou-k'] });
    expect(await person.submit(view)).toEqual({ outcome: 'closed' });
    await refusedWith(story, /does not offer the zone `cn-hangzhou-i`/, /It offers `cn-hangzhou-h`.*`cn-hangzhou-k`/);
  });

  it('an endpoint that is there already, with its domain', async () => {
    const story = new Story(here);
    const domain = `ep-hp3already.${story.service}.cn-hangzhou.privatelink.aliyuncs.com`;
    const common = { instanceId: SAMPLE_INSTANCES.orders, serviceId: story.service, zoneId: 'cn-hangzhou-i' };
    here.cloud.state.endpoints.push({
      ...common,
      endpointId: 'ep-hp3already',
      name: 'by-hand',
      domain,
      createdAtMs: Date.now() - A_MINUTE,
    });
    await story.ask();
    await refusedWith(story, /already has an endpoint/, domain);
    expect(story.endpoints()).toHaveLength(1);
  });

  it.each(['CreateVpcEndpoint', 'DescribeInstance', 'ListVpcEndpoints', 'GetVpcEndpointServiceAttribute'])(
    'a missing permission for %s, by its name in RAM',
    async (action) => {
      const { denied } = here.cloud.state.switches;
      denied.add(action);
      try {
        const story = new Story(here);
        await story.ask();
        const product = action.startsWith('Get') ? 'privatelink' : 'elasticsearch';
        await refusedWith(story, new RegExp(`allow \`${product}:${action}\` in RAM`), /RequestId: `[0-9A-F-]{36}`/);
      } finally {
        denied.delete(action);
      }
    },
  );

  it('a request that no rule covers, in its form, before the cloud is asked; nothing is stored', async () => {
    const story = new Story(here, { instance: 'es-sg-2r429tctl000d1aqz' });
    const outcome = await story.ask();
    expect(outcome).toMatchObject({
      outcome: 'errors',
      errors: { instance: expect.stringMatching(/No approval rule/) },
    });
    const [view] = here.slack.as('U0ANN').views();
    if (view !== undefined) await here.slack.as('U0ANN').close(view);
    expect(story.dryRuns()).toEqual([]);
    expect(story.messages()).toEqual([]);
  });

  it('and can be edited: the second revision is checked, and its card carries it', async () => {
    const { slack } = here;
    const story = new Story(here, { instance: SAMPLE_INSTANCES.inactive });
    await story.ask();
    const told = await refusedWith(story, /not active/);
    const ann = slack.as('U0ANN');
    await ann.click(told, 'edit');
    const view = await ann.waitForView('edit_request');
    await ann.pick(view, 'instance', SAMPLE_INSTANCES.logs);
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    const card = await story.cardWith('approve');
    expect(card.metadata?.event_payload).toMatchObject({ request_id: story.id, revision: 2 });
    expect(textOf(card)).toContain(SAMPLE_INSTANCES.logs);
    // What came before the card is in the first reply of its thread.
    const first = await story.threadSays('edited it: revision 2');
    expect(first.text).toContain('asked for it');
    expect(first.text).toContain('The check refused it');
    await slack.as('U0BEN').click(card, 'approve');
    expect((await story.ends()).instanceId).toBe(SAMPLE_INSTANCES.logs);
  });

  it('but once: the message of the first refusal says what is current by then', async () => {
    const { slack } = here;
    const story = new Story(here, { instance: SAMPLE_INSTANCES.inactive });
    await story.ask();
    const told = await refusedWith(story, /not active/);
    const ann = slack.as('U0ANN');
    await ann.click(told, 'edit');
    const view = await ann.waitForView('edit_request');
    await ann.pick(view, 'instance', SAMPLE_INSTANCES.old);
    await ann.submit(view);
    await story.hears('U0ANN', 'does not support private connections');
    await ann.click(told, 'edit');
    const answer = await slack.waitFor(() => ann.ephemerals().find(says('The request was edited while you looked')), {
      what: 'an answer',
    });
    expect(answer.text).toContain('revision 2');
    expect(ann.views()).toEqual([]);
  });
});

describe('a precheck only', () => {
  it('ends with what was found, without a card, and nothing is created', async () => {
    const story = new Story(here, { mode: 'precheck' });
    await story.ask();
    const told = await story.hears('U0ANN', 'The precheck of your request');
    expect(told.text.match(/✓/g)).toHaveLength(5);
    expect(story.cards()).toEqual([]);
    expect(story.creates()).toEqual([]);
    expect(story.endpoints()).toEqual([]);
  });

  it('shows every item also when some fail', async () => {
    const story = new Story(here, { mode: 'precheck', instance: SAMPLE_INSTANCES.inactive, zone: 'cn-hangzhou-z' });
    changeService(here.cloud, story.service, { zones: ['cn-hangzhou-z'], status: 'Deleting' });
    await story.ask();
    const told = await story.hears('U0ANN', 'The precheck of your request');
    expect(told.text).toMatch(/✗ .*not active: its status is `inactive`/);
    expect(told.text).toMatch(/✗ .*not active: its status is `Deleting`/);
    expect(told.text.match(/✓/g)).toHaveLength(3);
    expect(story.cards()).toEqual([]);
  });

  it('is not in the way of a request for the same endpoint', async () => {
    const service = newService(here.cloud);
    await new Story(here, { service }).askForCard();
    const precheck = new Story(here, { service, mode: 'precheck' });
    await precheck.ask();
    await precheck.hears('U0ANN', 'The precheck of your request');
  });
});

describe('the dry run', () => {
  it.each<'code' | 'empty-result'>(['code', 'empty-result'])('may pass by %s', async (dryRunAnswer) => {
    const { switches } = here.cloud.state;
    switches.dryRunAnswer = dryRunAnswer;
    try {
      expect(textOf(await new Story(here).askForCard())).toContain('✓ Dry run');
    } finally {
      switches.dryRunAnswer = 'empty-result';
    }
  });

  it.each([
    ['throttled', { type: 'status', status: 400, code: 'Throttling.User' }, 'Alibaba Cloud is throttling'],
    ['failed inside', { type: 'status', status: 500, code: 'InternalError' }, 'Alibaba Cloud is not available'],
    ['a gateway’s page', { type: 'html', status: 502 }, 'no clear answer came back'],
    ['reset', { type: 'reset' }, 'no clear answer came back'],
  ] as const)('is “not checked” on the card when it was %s, and nothing is refused', async (_what, kind, words) => {
    here.cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: true, when: 'before', kind });
    const story = new Story(here);
    const card = await story.askForCard();
    const line = /– Dry run \(AccessKey pair, RAM authorisation, required parameters\): not checked, /;
    expect(textOf(card)).toMatch(line);
    expect(textOf(card)).toContain(`not checked, ${words}`);
    expect(buttonsOf(card)).toContain('approve');
  });

  it('never carries a ClientToken', () => {
    const dryRuns = here.cloud.calls.filter(({ dryRun }) => dryRun);
    expect(dryRuns.length).toBeGreaterThan(20);
    expect(dryRuns.filter(({ clientToken, body }) => clientToken !== undefined || /token/i.test(body))).toEqual([]);
  });
});

describe('a cloud that is away for a while', () => {
  it('holds the check up, says so after a few tries, and is asked until it is back', async () => {
    const { stage, cloud } = here;
    const actions = ['DescribeInstance', 'ListVpcEndpoints'];
    onTestFinished(() => cloud.faults.clear());
    for (const action of actions) {
      const kind = { type: 'status', status: 503, code: 'ServiceUnavailable' } as const;
      cloud.faults.add({ action, when: 'before', kind, times: Number.POSITIVE_INFINITY });
    }
    const story = new Story(here);
    await story.ask();
    const tries = () => story.dryRuns().length;
    for (const n of [1, 2, 3]) {
      await eventually(`try ${n}`, () => tries() >= n);
      await stage.advance(A_MINUTE);
    }
    const told = await story.hears('U0ANN', 'is held up');
    expect(told.text).toContain('Not checked yet:');
    expect(story.cards()).toEqual([]);
    cloud.faults.clear();
    await stage.advance(A_MINUTE);
    expect(textOf(await story.cardWith('approve'))).not.toContain('not checked');
    // A dry run that took effect each time would have been an incident; the reads alone decide when to ask again.
    expect(story.endpoints()).toEqual([]);
  });
});

describe('a dry run that creates', () => {
  it('raises an alarm, stops the account’s creates, and they go on when an operator says so', async () => {
    const { stage, slack, cloud, redis } = here;
    const waiting = new Story(here);
    const card = await waiting.askForCard();

    cloud.state.switches.dryRunAnswer = 'creates';
    const incident = new Story(here);
    await incident.ask();
    const told = await incident.hears('U0ANN', 'although it was asked only for a dry run');
    cloud.state.switches.dryRunAnswer = 'empty-result';
    const [made] = incident.endpoints();
    expect(incident.endpoints()).toHaveLength(1);
    expect(textOf(told)).toContain(made?.endpointId);
    const alert = await waitForText(slack, 'C0APPROVALS', 'A dry run created an endpoint');
    expect(textOf(alert)).toContain(made?.endpointId);
    expect(textOf(alert)).toContain('npx vpc-endpoint-bot account resume production');
    expect(await waitForText(slack, 'C0AUDIT', incident.id)).toBeDefined();
    expect(incident.cards()).toEqual([]);

    await slack.as('U0BEN').click(card, 'approve');
    await waiting.cardSays('Creates of the account `production` are stopped until an operator resumes them');
    await waiting.threadSays('are stopped; it waits until an operator resumes them');
    expect(waiting.creates()).toEqual([]);

    expect(await resume(['account', 'resume', 'production'], redis.url)).toMatchObject({
      status: 0,
      said: expect.stringContaining(String(made?.endpointId)),
    });
    await stage.advance(2 * A_MINUTE);
    await waiting.ends();
    expect(waiting.creates()).toHaveLength(1);
  });

  it('also just before the create, when somebody has approved it already', async () => {
    const { slack, cloud } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    cloud.state.switches.dryRunAnswer = 'creates';
    await slack.as('U0BEN').click(card, 'approve');
    await story.cardWith('retry');
    cloud.state.switches.dryRunAnswer = 'empty-result';
    expect(textOf(card)).toContain('although it was asked only for a dry run');
    await story.hears('U0ANN', 'failed');
    await slack.waitFor(() => story.messages().find(({ text }) => text.includes('A dry run created')), {
      what: 'the alert',
    });
    expect(story.creates()).toEqual([]);
    expect(story.endpoints()).toHaveLength(1);
  });
});

async function resume(args: readonly string[], redisUrl: string) {
  const env = {
    REDIS_URL: redisUrl,
    SLACK_BOT_TOKEN: 'xoxb-not-used-0001',
    SLACK_SIGNING_SECRET: 'not-used-not-used-0001',
  };
  const { status, stdout, stderr } = await runCli(args, { env });
  return { status, said: stdout + stderr };
}
