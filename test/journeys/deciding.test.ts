/** Deciding, through the real process: who may, what each click comes to, and what time does to a request. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { CREATED, changeService, oneModalAtATime, Story, says } from '../support/story.ts';

const HOUR = 3_600_000;

const here = stageOfFile({
  config: (usual) => ({
    ...usual,
    rules: [
      {
        name: 'two-yes',
        match: { instance: SAMPLE_INSTANCES.logs },
        steps: [{ users: ['U0DAN'], groups: ['S0SRE'], required: 2 }],
      },
      {
        name: 'own-not',
        match: { instance: SAMPLE_INSTANCES.nameless },
        steps: [{ users: ['U0ANN', 'U0BEN'], required: 1 }],
      },
      {
        name: 'own-yes',
        match: { instance: SAMPLE_INSTANCES.activating },
        steps: [{ users: ['U0ANN'], required: 1 }],
        self_approval: true,
      },
      ...usual.rules.map((rule) => ({ ...rule, approval_valid_for: '1h' })),
    ],
  }),
});

/** A card without anything to decide any more, in the same message as before. */
async function decided(story: Story, card: Message, headline: string) {
  await story.cardSays(headline);
  expect(buttonsOf(card)).toEqual(['ask_again']);
  expect(story.cards()).toEqual([card]);
}

// Side by side, since each only waits for its own request.
describe.concurrent('a request that waits for its decision', () => {
  describe('reject', () => {
    it('asks for the reason, tells the thread and the requester, and takes the buttons off the card', async () => {
      const { slack } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      const ben = slack.as('U0BEN');
      await oneModalAtATime(slack, 'U0BEN', async () => {
        await ben.click(card, 'reject');
        const view = await ben.waitForView('reject_request');
        expect(await ben.submit(view)).toMatchObject({ outcome: 'incomplete', errors: { reason: expect.any(String) } });
        await ben.type(view, 'reason', 'Use the *shared* endpoint, <@U0CAT>');
        expect(await ben.submit(view)).toEqual({ outcome: 'closed' });
      });

      await decided(story, card, '*Rejected* by <@U0BEN>');
      expect(textOf(card)).toContain('Use the *shared* endpoint, &lt;@U0CAT&gt;');
      const told = await story.hears('U0ANN', '<@U0BEN> rejected your');
      expect(told.channel).toBe('D0ANN');
      expect(told.text).toContain('shared');
      await story.threadSays('<@U0BEN> rejected it');
      await slack.waitFor(() => story.auditLines()[0], { what: 'the audit line' });
      expect(story.creates()).toEqual([]);
    });

    it('belongs to those who may approve', async () => {
      const { slack } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      const dan = slack.as('U0DAN');
      await dan.click(card, 'reject');
      const view = await dan.waitForView('reject_request');
      await dan.type(view, 'reason', 'no');
      await dan.submit(view);
      const told = await story.hears('U0DAN', 'The request was not rejected');
      expect(told.text).toContain('not among those who may decide');
      expect(buttonsOf(card)).toContain('approve');
    });
  });

  describe('cancel', () => {
    it('belongs to the requester alone, and lets the target go', async () => {
      const { slack } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      const old = structuredClone(card);
      await slack.as('U0BEN').click(card, 'cancel');
      await story.hears('U0BEN', 'Only the person who asked for it can do that');
      expect(buttonsOf(card)).toContain('approve');
      await slack.as('U0ANN').click(card, 'cancel');
      await decided(story, card, '*Cancelled* by <@U0ANN>');
      await story.threadSays('<@U0ANN> cancelled it');

      // Too late, on a client that has not heard of it.
      await slack.as('U0BEN').click(old, 'approve');
      await story.hears('U0BEN', 'It was already cancelled by <@U0ANN>');

      const again = new Story(here, { service: story.service });
      await again.askForCard();
    });
  });

  describe('approve', () => {
    it('is not for the requester, even one whom the rule names', async () => {
      const { slack } = here;
      const story = new Story(here, { instance: SAMPLE_INSTANCES.nameless });
      const card = await story.askForCard();
      await slack.as('U0ANN').click(card, 'approve');
      await story.hears('U0ANN', 'You asked for it yourself, and the rule `own-not` wants somebody else’s approval');
      expect(buttonsOf(card)).toContain('approve');
      await slack.as('U0BEN').click(card, 'approve');
      await story.ends();
    });

    it('unless the rule says so', async () => {
      const { slack, cloud } = here;
      const instance = cloud.state.instances.find(({ instanceId }) => instanceId === SAMPLE_INSTANCES.activating);
      if (instance !== undefined) instance.status = 'active';
      const story = new Story(here, { instance: SAMPLE_INSTANCES.activating });
      await slack.as('U0ANN').click(await story.askForCard(), 'approve');
      await story.ends();
    });

    it('is not for outsiders and guests: each is told why', async () => {
      const { slack } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      await Promise.all(['U0DAN', 'U0GUS', 'U0EVE'].map((who) => slack.as(who).click(card, 'approve')));
      await story.hears('U0DAN', 'not among those who may decide');
      await story.hears('U0GUS', 'Slack knows you as a guest');
      await story.hears('U0EVE', 'somebody of another workspace');
      expect(buttonsOf(card)).toContain('approve');
      expect(story.told()).not.toContain('approved it');
    });

    it('by two people, where two are needed: the card counts them, and nobody counts twice', async () => {
      const { slack } = here;
      const story = new Story(here, { instance: SAMPLE_INSTANCES.logs });
      const card = await story.askForCard();
      expect(textOf(card)).toContain('Approved *0 of 2*');
      await slack.as('U0BEN').click(card, 'approve');
      await story.cardSays('Approved *1 of 2*: <@U0BEN>');
      expect(buttonsOf(card)).toContain('approve');
      await slack.as('U0BEN').click(card, 'approve');
      await story.hears('U0BEN', 'You approved this request already');
      expect(textOf(card)).toContain('Approved *1 of 2*');
      expect(story.creates()).toEqual([]);
      await slack.as('U0DAN').click(card, 'approve');
      await story.ends();
      const [result] = story.results();
      expect(result && textOf(result)).toMatch(/<@U0BEN>.*<@U0DAN>/);
      expect(story.told().match(/approved it \([12] of 2\)/g)).toEqual([
        'approved it (1 of 2)',
        'approved it (2 of 2)',
      ]);
    });

    it('is answered to each of two who click at the same moment, as is a double click', async () => {
      const { slack } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      const clicks = await slack.as('U0BEN').clickTwice(card, 'approve');
      expect(clicks.every(({ ok }) => ok)).toBe(true);
      await story.hears('U0BEN', 'already approved by <@U0BEN>');
      await story.ends();
      expect(story.creates()).toHaveLength(1);
    });
  });

  describe('an edit', () => {
    it('makes a new revision of the same card; a button of the old one is refused with what is current', async () => {
      const { slack } = here;
      const story = new Story(here, { instance: SAMPLE_INSTANCES.logs });
      const card = await story.askForCard();
      await slack.as('U0BEN').click(card, 'approve');
      await story.cardSays('Approved *1 of 2*');
      const old = structuredClone(card);

      await slack.as('U0BEN').click(card, 'edit');
      const answer = await slack.waitFor(
        () => slack.as('U0BEN').ephemerals('C0APPROVALS').find(says('was not changed')),
        {
          what: 'an answer to Ben',
        },
      );
      expect(answer.text).toContain('Only the person who asked for it can do that');

      const ann = slack.as('U0ANN');
      await oneModalAtATime(slack, 'U0ANN', async () => {
        await ann.click(card, 'edit');
        const view = await ann.waitForView('edit_request');
        await ann.type(view, 'reason', 'another reason');
        await ann.choose(view, 'lifetime', '7d');
        expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
      });
      await story.cardSays('revision 2');
      await story.cardWith('approve');
      expect(textOf(card)).toContain('Approved *0 of 2*');
      expect(textOf(card)).toContain('another reason');
      expect(card.metadata?.event_payload).toMatchObject({ revision: 2 });
      expect(story.cards()).toEqual([card]);
      const told = await story.threadSays('edited it: revision 2');
      expect(told.text).toContain('Earlier approvals are void: <@U0BEN>, please look again');

      await slack.as('U0CAT').click(old, 'approve');
      await story.hears('U0CAT', '卡片现在显示第 2 版');
      expect(textOf(card)).toContain('Approved *0 of 2*');
      await slack.as('U0BEN').click(card, 'approve');
      await slack.as('U0CAT').click(card, 'approve');
      await story.ends();
    });

    it('of the target takes the new one and lets the old one go', async () => {
      const { slack } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      const ann = slack.as('U0ANN');
      await oneModalAtATime(slack, 'U0ANN', async () => {
        await ann.click(card, 'edit');
        const view = await ann.waitForView('edit_request');
        await ann.pick(view, 'zone', 'cn-hangzhou-h');
        await ann.submit(view);
      });
      await story.cardSays('revision 2');
      await story.cardWith('approve');
      await new Story(here, { service: story.service }).askForCard();
      const third = new Story(here, { service: story.service, zone: 'cn-hangzhou-h', who: 'U0DAN' });
      await third.ask();
      await third.hears('U0DAN', 'already asks for this endpoint');
    });
  });

  describe('a second precheck that differs', () => {
    it('sends the request back as a new revision, whose approvals are counted from nothing', async () => {
      const { slack, cloud } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      changeService(cloud, story.service, { status: 'Pending' });
      await slack.as('U0BEN').click(card, 'approve');
      await story.cardSays('revision 2');
      await story.cardWith('approve');
      expect(textOf(card)).toContain('Approved *0 of 1*');
      expect(textOf(card)).toMatch(/✗ .*not active: its status is `Pending`/);
      const told = await story.hears('U0ANN', 'needs a new approval');
      expect(told.channel).toBe('D0ANN');
      expect(told.text).toContain('Pending');
      await story.threadSays('revision 2 needs a new approval');
      expect(story.creates()).toEqual([]);

      changeService(cloud, story.service, { status: 'Active' });
      await slack.as('U0BEN').click(card, 'approve');
      await story.ends();
      expect(story.creates().map(({ clientToken }) => clientToken)).toEqual([expect.stringMatching(/-r2-g1$/)]);
    });
  });
});

describe('a user group', () => {
  it('counts nothing while the groups can’t be read, and says so', async () => {
    const { slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    // Only a list that leaves somebody out is read again: Dan is in none.
    const fault = slack.faults.add({
      method: 'usergroups.users.list',
      kind: 'error',
      error: 'missing_scope',
      times: Number.POSITIVE_INFINITY,
    });
    onTestFinished(() => fault.remove());
    await eventually('an answer that says so', async () => {
      const heard = story.heard('U0DAN').length;
      await slack.as('U0DAN').click(card, 'approve');
      const answer = await slack.waitFor(() => story.heard('U0DAN')[heard], { what: 'an answer' });
      return answer.text.includes('could not tell who is in the user groups');
    });
    expect(buttonsOf(card)).toContain('approve');
  });

  it('counts for a member of a user group, and for one who joined it a moment ago', async () => {
    const { slack } = here;
    const [first, second] = [new Story(here), new Story(here)];
    await slack.as('U0CAT').click(await first.askForCard(), 'approve');
    await first.cardSays(CREATED);
    const card = await second.askForCard();
    await slack.as('U0DAN').click(card, 'approve');
    await second.hears('U0DAN', 'not among those who may decide');
    const group = slack.workspace.userGroups.get('S0SRE');
    group?.users.push('U0DAN');
    // Lists are read anew when they would say no, at most once a second.
    await eventually('Dan’s approval', async () => {
      if (!buttonsOf(card).includes('approve')) return true;
      const heard = second.heard('U0DAN').length;
      await slack.as('U0DAN').click(card, 'approve');
      await slack.waitFor(() => second.heard('U0DAN').length > heard || !buttonsOf(card).includes('approve'));
      return !buttonsOf(card).includes('approve');
    });
    group?.users.pop();
    expect(textOf(await second.result())).toContain('<@U0DAN>');
  });
});

describe('time', () => {
  it('makes an approval too old while the cloud is away: it is pending again, as a new revision', async () => {
    const { stage, slack, cloud } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    const kind = { type: 'status', status: 503, code: 'ServiceUnavailable' } as const;
    cloud.faults.add({ action: 'ListVpcEndpoints', when: 'before', kind, times: Number.POSITIVE_INFINITY });
    onTestFinished(() => cloud.faults.clear());
    await slack.as('U0BEN').click(card, 'approve');
    await story.cardSays('*Approved*');
    await stage.advance(HOUR + 1_000);
    await story.cardSays('revision 2');
    await story.cardWith('approve');
    await story.hears('U0ANN', 'the first one grew too old');
    await story.threadSays('The approval grew too old before the create');
    cloud.faults.clear();
    await slack.as('U0CAT').click(card, 'approve');
    await story.ends();
    expect(story.creates()).toHaveLength(1);
    expect(textOf(await story.result())).not.toContain('<@U0BEN>');
  });

  it('lets a request expire: no buttons, and the requester is told; a late click says so', async () => {
    const { stage, slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    const old = structuredClone(card);
    await stage.advance(24 * HOUR + 1_000);
    await decided(story, card, '*Expired*');
    const told = await story.hears('U0ANN', 'expired: nobody decided in time');
    expect(told.channel).toBe('D0ANN');
    await story.threadSays('It expired');
    await slack.as('U0BEN').click(old, 'approve');
    await story.hears('U0BEN', /It expired on .* without a decision/);
    expect(story.creates()).toEqual([]);
    await new Story(here, { service: story.service }).askForCard();
  });
});
