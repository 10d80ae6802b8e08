/** Home and the lists, through the real process: what waits appears and disappears by itself, and why is told. */
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { textOf } from '../../sandbox/journey.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { oneModalAtATime, Story } from '../support/story.ts';

const PATIENCE = { timeoutMs: 20_000 };
const COMMAND = '/vpc-endpoint';

const here = stageOfFile({
  config: (usual) => ({
    ...usual,
    rules: [
      {
        name: 'two-yes',
        match: { instance: SAMPLE_INSTANCES.logs },
        steps: [{ users: ['U0DAN'], groups: ['S0SRE'], required: 2 }],
        expires_after: '24h',
      },
      ...usual.rules,
    ],
  }),
});

/** What a person is answered to a command. */
async function answer(who: string, text: string): Promise<string> {
  const person = here.slack.as(who);
  const before = person.ephemerals('C0DATA').length;
  expect(await person.command('C0DATA', COMMAND, text)).toMatchObject({ ok: true });
  const message = await here.slack.waitFor(() => person.ephemerals('C0DATA')[before], { what: text, ...PATIENCE });
  return message.text;
}

/** What stands under one heading of a Home tab. */
function part(who: string, heading: string): string {
  const [, after = ''] = here.slack.as(who).readHome().split(`│ ${heading.toUpperCase()}\n`);
  return after.split('│ ────────')[0] ?? '';
}

const homeReads = (who: string, heading: string, text: string, isThere = true) =>
  here.slack
    .as(who)
    .waitForHome(
      () => here.slack.as(who).home() !== undefined && part(who, heading).includes(text) === isThere,
      PATIENCE,
    );

beforeAll(async () => {
  await Promise.all(['U0ANN', 'U0BEN', 'U0CAT', 'U0GUS', 'U0EVE'].map((who) => here.slack.as(who).openHome()));
});

describe('Home', () => {
  it('is empty in words at first, in the language of its reader', async () => {
    await homeReads('U0ANN', 'What you asked for', 'You have not asked for anything yet');
    await homeReads('U0BEN', 'Waits for you', 'Nothing waits for your approval.');
    await homeReads('U0CAT', '等待你审批', '没有等待你审批的申请。');
  });

  it('has one sentence for a guest and for somebody of another workspace', async () => {
    const { slack } = here;
    await slack.as('U0GUS').waitForHome((text) => text.includes('Slack knows you as a guest'), PATIENCE);
    await slack.as('U0EVE').waitForHome((text) => text.includes('another workspace'), PATIENCE);
    expect(slack.as('U0GUS').home()?.blocks).toHaveLength(1);
  });

  it('shows to whoever looks what they may approve, until it is decided; and each their own', async () => {
    const { slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    await homeReads('U0BEN', 'Waits for you', story.service);
    await homeReads('U0CAT', '等待你审批', story.service);
    await homeReads('U0ANN', 'What you asked for', 'Waiting for approval');
    expect(part('U0ANN', 'Waits for you')).not.toContain(story.service);
    // The card is linked as soon as it is known where it is.
    await homeReads('U0BEN', 'Waits for you', 'Open the card');

    await slack.as('U0BEN').click(card, 'approve');
    await homeReads('U0BEN', 'Waits for you', story.service, false);
    await homeReads('U0CAT', '等待你审批', story.service, false);
    await story.ends();
    await homeReads('U0ANN', 'What you own', 'Connection: up');
    const [endpoint] = story.endpoints();
    expect(part('U0ANN', 'What you own')).toContain(endpoint?.endpointId);
    await homeReads('U0CAT', '最近的审批结果', '创建成功');
    await homeReads('U0BEN', 'Recent decisions', story.service);
    expect(part('U0BEN', 'What you own')).toContain('No endpoint was created for you so far.');
  });

  it('shows a rejection to everybody who looks', async () => {
    const { slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    await homeReads('U0CAT', '等待你审批', story.service);
    const ben = slack.as('U0BEN');
    await oneModalAtATime(slack, 'U0BEN', async () => {
      await ben.click(card, 'reject');
      const view = await ben.waitForView('reject_request');
      await ben.type(view, 'reason', 'no');
      await ben.submit(view);
    });
    await homeReads('U0CAT', '等待你审批', story.service, false);
    await homeReads('U0CAT', '最近的审批结果', '已驳回');
    await homeReads('U0ANN', 'What you asked for', 'Rejected');
  });

  it('opens the form for a new request', async () => {
    const { slack } = here;
    const ann = slack.as('U0ANN');
    await oneModalAtATime(slack, 'U0ANN', async () => {
      const home = ann.home();
      if (home === undefined) throw new Error('no Home');
      await ann.click(home, 'new_request');
      await ann.close(await ann.waitForView('create_endpoint'), { all: true });
    });
  });

  it('says why in a form, since it has no conversation', async () => {
    const { slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    const home = await homeReads('U0CAT', '等待你审批', story.service);
    const cat = slack.as('U0CAT');
    await oneModalAtATime(slack, 'U0CAT', async () => {
      const block = home.blocks.find((each) => JSON.stringify(each).includes(story.id));
      await cat.click(home, 'why', { blockId: String(block?.block_id) });
      const view = await cat.waitForView('explanation');
      expect(JSON.stringify(view.blocks)).toContain('你可以批准，你的批准会计入。');
      await cat.close(view, { all: true });
    });
    await slack.as('U0ANN').click(card, 'cancel');
    await homeReads('U0CAT', '等待你审批', story.service, false);
  });
});

describe('pending, who-can-approve and Why?', () => {
  it('list and explain what waits, to each as it is for them', async () => {
    const { slack } = here;
    const story = new Story(here, { instance: SAMPLE_INSTANCES.logs });
    const card = await story.askForCard();
    await slack.as('U0BEN').click(card, 'approve');
    await story.cardSays('Approved *1 of 2*');
    const { id, service } = story;

    // Mine first, and with one yes it is Ben's no more.
    const [forCat, forBen] = [await answer('U0CAT', 'pending'), await answer('U0BEN', 'pending')];
    expect(forCat).toMatch(new RegExp(`^\\*等待你审批\\*\n• .*${service}`));
    expect(forCat).toContain('批准进度 1/2');
    expect(forBen).toMatch(/^Nothing waits for your approval\.\n\*Waits for others\*/);
    expect(forBen).toMatch(new RegExp(`${service}.*<@U0ANN>[^]*approved \\*1 of 2\\*.*\\|Open the card>`));
    expect(await answer('U0GUS', 'pending')).toContain('Slack knows you as a guest');

    const why = await answer('U0BEN', `who-can-approve ${id}`);
    expect(why).toContain('`two-yes`, the first that matches: instance');
    expect(why).toMatch(/Could give it right now: .*cat/);
    expect(why).toContain('you approved it on');
    expect(why).toContain('Approved 1 of 2: ben');
    expect(why).not.toContain('<@');
    expect(await answer('U0CAT', `who-can-approve ${id}`)).toContain('你可以批准，你的批准会计入。');
    expect(await answer('U0ANN', `who-can-approve ${id}`)).toContain('whoever asks for it can’t approve it');

    await slack.as('U0ANN').click(card, 'why');
    const told = await slack.waitFor(
      () =>
        slack
          .as('U0ANN')
          .ephemerals('C0APPROVALS')
          .find((message) => textOf(message).includes('two-yes')),
      { what: 'an answer to Why?', ...PATIENCE },
    );
    expect(told.text).toContain('It expires on');

    // Of what nobody asked for yet, as whoever types it would ask.
    const prospect = await answer('U0BEN', `who-can-approve ${SAMPLE_INSTANCES.orders}`);
    expect(prospect).toContain('If you asked for an endpoint of');
    expect(prospect).toContain('Rule:* `production`');
    expect(prospect).toContain('It expires after 1 day.');
    expect(await answer('U0BEN', 'who-can-approve es-intl-0001 production')).toContain('No rule matches it');

    await slack.as('U0DAN').click(card, 'approve');
    await story.ends();
    expect(await answer('U0CAT', 'pending')).not.toContain(service);
  });
});

describe('with a second process', () => {
  it('whoever opened Home with the first is shown what either of them commits', async () => {
    const { stage, slack } = here;
    await stage.addBot();
    const story = new Story(here);
    const card = await story.askForCard();
    await homeReads('U0BEN', 'Waits for you', story.service);
    await slack.as('U0ANN').click(card, 'cancel');
    await homeReads('U0BEN', 'Waits for you', story.service, false);
    await homeReads('U0BEN', 'Recent decisions', story.service);
  });
});
