/** The approval policy, through the real process: notes, steps, messages to outsiders, emergencies, freezes, edits. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import type { Message, View } from '../../sandbox/slack/model.ts';
import type { Person } from '../../sandbox/slack/people/person.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { CREATED, oneModalAtATime, Story } from '../support/story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One instance for each rule, so that a story is under the rule that it is about. */
const INSTANCES = {
  steps: 'es-cn-steps0000001aaaaa',
  emergency: 'es-cn-urgent000001aaaaa',
  frozen: 'es-cn-frozen000001aaaaa',
  automatic: 'es-cn-auto00000001aaaaa',
  reminded: 'es-cn-remind000001aaaaa',
  private: 'es-cn-private00001aaaaa',
  alone: 'es-cn-alone0000001aaaaa',
} as const;

function cloudWith(instances: readonly string[]) {
  const state = sampleCloud();
  const model = state.instances.find(({ instanceId }) => instanceId === SAMPLE_INSTANCES.orders);
  if (model === undefined) throw new Error('no instance to copy');
  for (const instanceId of instances) state.instances.push({ ...structuredClone(model), instanceId });
  return { state };
}

const at = (ms: number): string => new Date(Date.now() + ms).toISOString().replace(/\.\d+Z$/, 'Z');

const here = stageOfFile({
  cloud: cloudWith(Object.values(INSTANCES)),
  config: (usual) => ({
    ...usual,
    rules: [
      {
        name: 'two-steps',
        match: { instance: INSTANCES.steps },
        steps: [{ users: ['U0BEN'] }, { groups: ['S0SRE'] }],
        notify: { users: ['U0BEN'] },
      },
      {
        name: 'on-call',
        match: { instance: INSTANCES.emergency },
        steps: [{ users: ['U0CAT'] }],
        emergency: { users: ['U0ANN'], review_within: '1h' },
      },
      {
        name: 'month-end',
        match: { instance: INSTANCES.frozen },
        steps: [{ users: ['U0BEN'] }],
        freezes: [{ from: at(-HOUR), until: at(30 * HOUR), reason: 'Closing the month' }],
      },
      { name: 'by-itself', match: { instance: INSTANCES.automatic }, auto_approve: true },
      {
        name: 'patient',
        match: { instance: INSTANCES.reminded },
        steps: [{ users: ['U0BEN', 'U0ANN'] }],
        remind_after: '1h',
        remind_at_most_after: '2h',
        escalate: { after: '5h', users: ['U0DAN'] },
      },
      {
        name: 'vault',
        match: { instance: INSTANCES.private },
        steps: [{ users: ['U0BEN', 'U0CAT'] }],
        channel: 'C0VAULT',
      },
      { name: 'leaver', match: { instance: INSTANCES.alone }, steps: [{ users: ['U0OLD'], groups: ['S0GONE'] }] },
      ...usual.rules,
    ],
  }),
});

/** Clicks, fills in the form that opens, and sends it. */
async function fillIn(
  who: string,
  card: Message,
  button: string,
  form: string,
  fill: (person: Person, view: View) => Promise<unknown>,
): Promise<void> {
  await oneModalAtATime(here.slack, who, async () => {
    const person = here.slack.as(who);
    await person.click(card, button);
    const view = await person.waitForView(form);
    await fill(person, view);
    expect(await person.submit(view)).toEqual({ outcome: 'closed' });
  });
}

const mentionsIn = (card: Message): readonly string[] => [
  ...new Set([...textOf(card).matchAll(/<[@!](?:subteam\^)?([A-Z0-9]+)>/g)].map(([, id]) => String(id))),
];

describe.concurrent('a request under a policy', () => {
  it('names who may in words, mentions whom the rule says to notify, and shows each step and each note', async () => {
    const story = new Story(here, { instance: INSTANCES.steps });
    const card = await story.askForCard();
    expect(textOf(card)).toContain('Needed: ben');
    expect(textOf(card)).toContain('any 1 of the members of @sre');
    expect(textOf(card)).toContain('May still approve: ben, cat');
    expect(textOf(card)).toContain('Told: <@U0BEN>');
    expect(mentionsIn(card).toSorted()).toEqual(['U0ANN', 'U0BEN']);

    await fillIn('U0BEN', card, 'approve_with_note', 'approve_request', (person, view) =>
      person.type(view, 'note', 'Only until *May*, <@U0DAN>'),
    );
    await story.cardSays('Approved *1 of 2*: <@U0BEN>');
    expect(textOf(card)).toContain('<@U0BEN>: “Only until *May*, &lt;@U0DAN&gt;”');
    expect(textOf(card)).toContain('✓ Needed: ben');
    expect(textOf(card)).toContain('May still approve: cat');
    // In two steps, and one person: the other step is for somebody else.
    await here.slack.as('U0BEN').click(card, 'approve');
    await story.hears('U0BEN', 'You approved this request already');
    await here.slack.as('U0CAT').click(card, 'approve');
    await story.ends();
    await story.threadSays('approved it (1 of 2): “Only until');
  });

  it('approves by itself where the rule asks nobody', async () => {
    const story = new Story(here, { instance: INSTANCES.automatic });
    await story.ask();
    await story.ends();
    expect(story.told()).toContain('Approved by itself: the rule `by-itself` asks nobody');
    expect(textOf(await story.result())).not.toContain('Approved by');
  });

  it('comes as a direct message to those who may approve and are not in the private channel', async () => {
    const { slack } = here;
    const story = new Story(here, { instance: INSTANCES.private });
    const card = await story.askForCard();
    expect(card.channel).toBe('C0VAULT');
    expect(textOf(card)).toContain('by direct message ben');
    const copy = await story.hears('U0BEN', 'May still approve');
    expect(buttonsOf(copy)).toEqual(buttonsOf(card));
    expect(story.heard('U0CAT')).toEqual([]);
    await slack.as('U0BEN').click(copy, 'approve');
    await story.ends();
    await slack.waitFor(() => CREATED.test(textOf(copy)), { what: 'the copy in step with the card' });
    expect(buttonsOf(copy)).toEqual([]);
    expect(story.cards()).toEqual([card]);
  });

  it('says what is wrong with the names of its rule, and that nobody is left', async () => {
    const story = new Story(here, { instance: INSTANCES.alone });
    const card = await story.askForCard();
    expect(textOf(card)).toContain('old has left: the account is deactivated');
    expect(textOf(card)).toContain('The user group `S0GONE` is not known to Slack');
    expect(textOf(card)).toContain('Nobody is left who could complete this approval');
    await here.slack.as('U0ANN').click(card, 'cancel');
    await story.cardSays('*Cancelled*');
  });

  it('is reminded of by its requester, not at once and by nobody else', async () => {
    const { slack } = here;
    const story = new Story(here, { instance: INSTANCES.reminded });
    const card = await story.askForCard();
    await slack.as('U0ANN').click(card, 'remind');
    await story.hears('U0ANN', 'You can remind them from');
    await slack.as('U0BEN').click(card, 'remind');
    await story.hears('U0BEN', 'Only the person who asked for it can do that');
    await slack.as('U0ANN').click(card, 'cancel');
    await story.cardSays('*Cancelled*');
  });

  it('keeps its message through an edit, which says what changed, calls those who approved, and voids their yes', async () => {
    const { slack } = here;
    const story = new Story(here, { instance: INSTANCES.steps });
    const card = await story.askForCard();
    await slack.as('U0BEN').click(card, 'approve');
    await story.cardSays('Approved *1 of 2*');
    const old = structuredClone(card);
    await fillIn('U0ANN', card, 'edit', 'edit_request', async (person, view) => {
      await person.type(view, 'reason', 'another reason');
      await person.choose(view, 'lifetime', '7d');
    });
    await story.cardSays('Revision 2 changed: lifetime `permanent` → `7 days`, a new reason');
    await story.cardWith('approve');
    expect(story.cards()).toEqual([card]);
    const told = await story.threadSays('edited it: revision 2');
    expect(told.text).toContain('Earlier approvals are void: <@U0BEN>, please look again');
    await slack.as('U0CAT').click(old, 'approve');
    await story.hears('U0CAT', '变化：使用期限 `长期` → `7 天`');
    expect(textOf(card)).toContain('Approved *0 of 2*');
    await slack.as('U0ANN').click(card, 'cancel');
    await story.cardSays('*Cancelled*');
  });

  it('is refused in the form where no rule covers it', async () => {
    const { slack } = here;
    const story = new Story(here);
    const outcome = await oneModalAtATime(slack, 'U0DAN', async () => {
      const dan = slack.as('U0DAN');
      await dan.command('C0DATA', '/vpc-endpoint', `create es-other-0001 ${story.service} cn-hangzhou-i`);
      const view = await dan.waitForView('create_endpoint');
      await dan.type(view, 'reason', 'To see');
      return dan.submit(view);
    });
    expect(outcome).toMatchObject({ outcome: 'errors' });
  });
});

// These move the clock, for everybody on the stage: one after the other.
describe('time under a policy', () => {
  it('reminds those who may act with doubling gaps, brings others in, and stops when it is decided', async () => {
    const { stage, slack } = here;
    const story = new Story(here, { instance: INSTANCES.reminded });
    const card = await story.askForCard();
    expect(textOf(card)).toContain('these may approve too: dan');
    const reminders = () => story.told().match(/It still waits for approval: <@U0BEN>/g)?.length ?? 0;

    await stage.advance(HOUR + MINUTE);
    await story.threadSays('It still waits for approval: <@U0BEN>');
    await slack.as('U0ANN').click(card, 'remind');
    await story.hears('U0ANN', 'You can remind them from');
    await stage.advance(HOUR);
    await slack.as('U0ANN').click(card, 'remind');
    await story.threadSays('<@U0ANN> reminds of it: <@U0BEN>');
    expect(reminders()).toBe(1);
    await stage.advance(HOUR + MINUTE);
    await slack.waitFor(() => reminders() === 2, { what: 'the second reminder' });

    await slack.as('U0DAN').click(card, 'approve');
    await story.hears('U0DAN', 'not among those who may decide');
    await stage.advance(2 * HOUR);
    await story.threadSays('these may approve it too: <@U0DAN>');
    await story.cardSays('May still approve: ben, dan');
    await slack.as('U0DAN').click(card, 'approve');
    await story.ends();
    const before = story.told();
    await stage.advance(10 * HOUR);
    await new Story(here, { instance: INSTANCES.automatic }).ask();
    expect(story.told()).toBe(before);
  });

  it('keeps an approved request back while a freeze lasts, and creates when it is over', async () => {
    const { stage, slack } = here;
    const story = new Story(here, { instance: INSTANCES.frozen });
    const card = await story.askForCard();
    await slack.as('U0BEN').click(card, 'approve');
    await story.cardSays('A freeze keeps creates back until');
    await story.hears('U0ANN', 'Closing the month');
    expect(story.creates()).toEqual([]);
    // The windows before this test have passed some of it already.
    await stage.advance(30 * HOUR);
    await story.ends();
    expect(story.creates()).toHaveLength(1);
  });

  it('owes a review after somebody approved alone, reminds of it, and keeps it open until another has looked', async () => {
    const { stage, slack } = here;
    const story = new Story(here, { instance: INSTANCES.emergency });
    const card = await story.askForCard();
    await fillIn('U0DAN', card, 'approve_alone', 'approve_alone', (person, view) =>
      person.type(view, 'reason', 'me too'),
    );
    await story.hears('U0DAN', 'does not name you among those who may approve alone');
    await fillIn('U0ANN', card, 'approve_alone', 'approve_alone', async (person, view) => {
      expect(await person.submit(view)).toMatchObject({ outcome: 'incomplete' });
      await person.type(view, 'reason', 'Alerts are down');
    });
    await story.ends();
    await story.cardSays('*A review is owed*');
    expect(story.told()).toContain('<@U0ANN> approved it alone, in an emergency: “Alerts are down”');
    await slack.waitFor(() => story.auditLines().find(({ text }) => text.includes('in an emergency')));

    await stage.advance(HOUR + MINUTE);
    await story.threadSays('The review of the emergency is still owed: <@U0CAT>');
    await fillIn('U0ANN', card, 'review', 'review_request', (person, view) =>
      person.choose(view, 'verdict', 'in-order'),
    );
    await story.hears('U0ANN', 'Somebody else has to review it');
    await fillIn('U0CAT', card, 'review', 'review_request', async (person, view) => {
      await person.choose(view, 'verdict', 'not-in-order');
      await person.type(view, 'note', 'Call us next time');
    });
    await story.cardSays(/Reviewed by <@U0CAT> .*: \*not in order\*, “Call us next time”/);
    expect(buttonsOf(card)).not.toContain('review');
  });

  it('lets an expired request be asked again, with all that it asked for', async () => {
    const { stage, slack } = here;
    const story = new Story(here, { instance: INSTANCES.steps, reason: 'For the alerts' });
    const card = await story.askForCard();
    await stage.advance(24 * HOUR + MINUTE);
    await story.cardSays('*Expired*');
    expect(buttonsOf(card)).toEqual(['ask_again']);
    const again = new Story(here, { instance: INSTANCES.steps, service: story.service });
    await oneModalAtATime(slack, 'U0ANN', async () => {
      const ann = slack.as('U0ANN');
      await ann.click(card, 'ask_again');
      const view = await ann.waitForView('create_endpoint');
      again.id = (JSON.parse(view.private_metadata) as { request: string }).request;
      expect(again.id).not.toBe(story.id);
      expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    });
    const second = await again.cardWith('approve');
    expect(textOf(second)).toContain('For the alerts');
    expect(textOf(second)).toContain(story.service);
  });
});
