/** Forged and outdated buttons, forms and picks, through the real process, over HTTP and sockets: answered, and nothing else. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf, fillIn, textOf } from '../../sandbox/journey.ts';
import type { Message, View } from '../../sandbox/slack/model.ts';
import type { SubmitOutcome } from '../../sandbox/slack/people/submit.ts';
import { BOT_USER } from '../../sandbox/slack/sample-workspace.ts';
import { eventually } from '../support/eventually.ts';
import { changingNothing } from '../support/quiet.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

const UNKNOWN = 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const NOT_A_NAME = 'does not say which request';
const NOT_KNOWN = 'not known here';

describe.each(['http', 'socket'] as const)('over %s', (transport) => {
  const here = stageOfFile({ transport });

  /** A message with one button, as an older or another bot might have left it. */
  function button(action: string, value: string): Message {
    const element = { type: 'button', action_id: action, text: { type: 'plain_text', text: action }, value };
    const blocks = [{ type: 'actions', block_id: 'b', elements: [element] }];
    return here.slack.workspace.post({ channel: 'C0DATA', user: BOT_USER, text: 'a button', blocks });
  }

  async function answerTo(action: string, value: string, who = 'U0ANN'): Promise<string> {
    const message = button(action, value);
    const person = here.slack.as(who);
    const heard = person.ephemerals().length;
    const { whispers, logged } = await changingNothing(here, async () => {
      expect(await person.click(message, action)).toMatchObject({ ok: true });
      await here.slack.waitFor(() => person.ephemerals().length > heard, { what: `an answer to ${action} ${value}` });
    });
    expect(whispers.map(({ ephemeralTo }) => ephemeralTo)).toEqual([who]);
    await logged(({ user }) => user === who);
    return whispers.map(textOf).join();
  }

  describe('a button', () => {
    it.each([
      '',
      'x',
      UNKNOWN,
      `${UNKNOWN}:0`,
      `${UNKNOWN}:-1`,
      `${UNKNOWN}:1e9`,
      `${UNKNOWN}:NaN`,
      `${UNKNOWN}:1:1`,
      `${UNKNOWN.toLowerCase()}:1`,
      `${UNKNOWN}:1'; DROP TABLE requests; --`,
      `'"] redis.call('FLUSHALL') --:1`,
      'x'.repeat(2_000),
      `${UNKNOWN}\n:1`,
    ])('whose value is %j says that it names no request', async (value) => {
      for (const action of ['approve', 'edit', 'choose_endpoint']) {
        expect(await answerTo(action, value)).toContain(NOT_A_NAME);
      }
    });

    it.each(['approve', 'cancel', 'retry', 'edit', 'choose_endpoint'])(
      '%s of a request that is not here',
      async (action) => {
        expect(await answerTo(action, `${UNKNOWN}:1`)).toContain(NOT_KNOWN);
        expect(await answerTo(action, `${UNKNOWN}:999999999`)).toContain(NOT_KNOWN);
      },
    );

    it('of another workspace’s request finds nothing here', async () => {
      const client = here.redis.client();
      const id = 'req_01ARZ3NDEKTSV4RRFFQ69G5FAW';
      await client.hset(`{vpce:T0OTHER}:request:${id}`, { version: 1, data: '{}' });
      for (const action of ['approve', 'edit']) expect(await answerTo(action, `${id}:1`)).toContain(NOT_KNOWN);
    });

    it('that nobody knows does nothing, and says so', async () => {
      for (const action of ['frobnicate', '__proto__', 'constructor', 'approve ']) {
        expect(await answerTo(action, `${UNKNOWN}:1`)).toContain('does nothing in this version');
      }
    });

    it('on a message is no pick in a form', async () => {
      const message = button('instance', SAMPLE_INSTANCES.orders);
      const { logged, whispers } = await changingNothing(here, async () => {
        expect(await here.slack.as('U0ANN').click(message, 'instance')).toMatchObject({ ok: true });
      });
      expect(whispers).toEqual([]);
      await logged(({ msg }) => String(msg).includes('not from a form'));
    });
  });

  describe('a form', () => {
    async function submitted(forge: (view: View) => void): Promise<SubmitOutcome | undefined> {
      const { person, view } = await fillIn(here.slack);
      // The zones are asked for when a form opens.
      await person.search(view, 'zone', '');
      forge(view);
      let outcome: SubmitOutcome | undefined;
      const { whispers } = await changingNothing(here, async () => {
        outcome = await person.submit(view);
      });
      expect(whispers).toEqual([]);
      await person.close(view);
      return outcome;
    }

    it.each(['create_endpoint', 'edit_request', 'reject_request', 'choose_endpoint', 'frobnicate'])(
      '%s with metadata that this bot never wrote is refused beside its first field',
      async (callback) => {
        const good = { request: UNKNOWN, revision: 1 };
        const forged = ['', 'null', '[]', '{', '{}', 'x'.repeat(3_000), { ...good, request: '../req' }];
        const worse = [0, -1, 1.5, 1e99, '1'].map((revision) => ({ ...good, request: 'req_1', revision }));
        for (const metadata of [...forged, ...worse]) {
          const outcome = await submitted((view) => {
            view.callback_id = callback;
            view.private_metadata = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
          });
          const errors = { instance: expect.stringContaining('from another version of the bot') };
          expect(outcome).toEqual({ outcome: 'errors', errors });
        }
      },
    );

    it.each(['edit_request', 'reject_request'])('%s of a request that is not here says so', async (callback) => {
      const outcome = await submitted((view) => {
        view.callback_id = callback;
        view.private_metadata = JSON.stringify({ request: UNKNOWN, revision: 1 });
      });
      expect(outcome).toEqual({ outcome: 'errors', errors: { instance: expect.stringContaining(NOT_KNOWN) } });
    });

    it.each([
      '../../etc/passwd',
      'es-cn-1/../x',
      'es-cn-1%2Fx',
      'es-cn-1\nx',
      'es-',
      'epsrv-1',
      `es-${'x'.repeat(140)}`,
      '__proto__',
      'ＥＳ-cn-1',
    ])('with %j for an instance is refused beside it', async (value) => {
      const outcome = await submitted((view) => {
        const option = { text: { type: 'plain_text', text: 'x' }, value };
        view.values.instance = { instance: { type: 'external_select', selected_option: option } };
      });
      const errors = { instance: expect.stringContaining('An instance id looks like') };
      expect(outcome).toEqual({ outcome: 'errors', errors });
    });

    it('whose picks are forged keeps nothing of them', async () => {
      const { person, view } = await fillIn(here.slack);
      const [opened] = here.slack.workspace.modals('U0ANN');
      const payload = {
        type: 'block_actions',
        user: { id: 'U0ANN' },
        team: { id: 'T0ACME' },
        view: { id: String(opened?.id), state: { values: {} } },
      };
      const forged = ['x'.repeat(151), 7, null, {}];
      await changingNothing(here, async () => {
        for (const value of forged) {
          const actions = [{ action_id: 'service', selected_option: { value } }];
          await here.slack.deliverInteraction({ ...payload, actions });
        }
        await here.slack.deliverInteraction({
          ...payload,
          view: { id: '../../V1' },
          actions: [{ action_id: 'service' }],
        });
      });
      expect(await person.search(view, 'service', SAMPLE_SERVICES.alerts)).toHaveLength(1);
      await person.close(view);
    });
  });

  it('a button of a revision that never was is refused, and the request is as it was', async () => {
    const story = new Story(here);
    await story.askForCard();
    await here.slack.as('U0BEN').click(button('approve', `${story.id}:999999999`), 'approve');
    await story.hears('U0BEN', 'The card shows revision 1 now');
    expect(story.creates()).toEqual([]);
    const card = await story.cardWith('approve');
    await here.slack.as('U0ANN').click(card, 'cancel');
    await story.cardSays('Cancelled');
  });

  it('choosing an endpoint that is no candidate is refused, and the real ones stay to be chosen from', async () => {
    const { cloud, slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    const about = { action: 'CreateVpcEndpoint', dryRun: false, about: story.service };
    cloud.faults.add({ ...about, when: 'after', kind: { type: 'hang', ms: 250 } });
    await slack.as('U0BEN').click(card, 'approve');
    await eventually('the create', () => story.endpoints().length === 1);
    // Somebody makes another one at the same time.
    const [own] = story.endpoints();
    if (own === undefined) throw new Error('no endpoint');
    cloud.state.endpoints.push({ ...own, endpointId: `ep-hp3other${story.service.slice(-8)}`, name: 'other' });
    await story.cardWith('choose_endpoint');

    const ann = slack.as('U0ANN');
    const refusals = () => story.heard('U0ANN').filter((one) => textOf(one).includes('not among the candidates'));
    let told = 0;
    for (const value of ['ep-hp3forged', '../ep-hp3forged', '__proto__']) {
      await ann.click(card, 'choose_endpoint');
      const view = await ann.waitForView('choose_endpoint');
      view.values.endpoint = { endpoint: { type: 'radio_buttons', selected_option: { text: {}, value } } };
      expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
      await slack.waitFor(() => refusals().length > told, { what: 'the refusal' });
      told = refusals().length;
    }
    expect(buttonsOf(card)).toEqual(['choose_endpoint']);
    expect(story.creates()).toHaveLength(1);
    await ann.click(card, 'choose_endpoint');
    const view = await ann.waitForView('choose_endpoint');
    await ann.choose(view, 'endpoint', own.endpointId);
    await ann.submit(view);
    await story.result();
  });

  it('goes on: the next good request is served', async () => {
    const story = new Story(here);
    await story.askForCard();
    await eventually('no trouble with the process', () => here.stage.bot.lines.every(({ text }) => text === undefined));
  });
});
