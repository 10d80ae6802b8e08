/** Asking, through the real process: the form opens at once, helps with what it knows, and asks once. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { fillIn, textOf } from '../../sandbox/journey.ts';
import { BOT_USER, person } from '../../sandbox/slack/sample-workspace.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { changeService, newService, Story } from '../support/story.ts';
import { transport } from '../support/transport.ts';

const here = stageOfFile();

/** What was typed and picked so far, by field. */
function valuesOf(view: { readonly values: object }): unknown {
  return Object.fromEntries(
    Object.entries(view.values as Record<string, Record<string, Record<string, unknown>>>).map(([field, elements]) => {
      const state = elements[field] ?? {};
      const option = state.selected_option as { value: string } | null | undefined;
      return [field, option?.value ?? state.selected_conversation ?? state.value ?? null];
    }),
  );
}

describe('/vpc-endpoint create', () => {
  it('opens the form after asking Slack who it is and the cloud nothing, with what was typed filled in', async () => {
    const { slack, cloud } = here;
    await eventually('the lists that a fresh process asks for', () =>
      ['ListInstance', 'ListVpcEndpointServices'].every((name) =>
        cloud.calls.some(({ action, outcome }) => action === name && outcome === 'ok'),
      ),
    );
    const [slackCalls, cloudCalls] = [slack.log.calls.length, cloud.calls.length];
    const ann = slack.as('U0ANN');
    const typed = `create ${SAMPLE_INSTANCES.orders} ${SAMPLE_SERVICES.alerts} cn-hangzhou-i`;
    const opening = ann.waitForView('create_endpoint').then((view) => {
      // Right when it is there: nobody has asked the cloud anything.
      expect(cloud.calls).toHaveLength(cloudCalls);
      return view;
    });
    expect(await ann.command('C0DATA', '/vpc-endpoint', typed)).toMatchObject({ ok: true });
    const view = await opening;
    const methods = () => slack.log.calls.slice(slackCalls).map(({ method }) => method);
    await slack.waitFor(() => methods().includes('views.open'), { what: 'the call that opened it' });
    expect(methods()).toEqual(['users.info', 'views.open']);
    expect(valuesOf(view)).toEqual({
      instance: SAMPLE_INSTANCES.orders,
      service: SAMPLE_SERVICES.alerts,
      zone: 'cn-hangzhou-i',
      reason: null,
      mode: 'create',
      lifetime: 'permanent',
      channel: 'C0DATA',
    });
    await ann.close(view);
  });

  it('takes the three words in any order, with the quotes they were pasted in', async () => {
    const { slack } = here;
    const dan = slack.as('U0DAN');
    const typed = `create \`${SAMPLE_SERVICES.reindex}\`, cn-hangzhou-j "${SAMPLE_INSTANCES.logs}"`;
    // Instance and service are known by their looks; the zone is what is left.
    await dan.command('C0DATA', '/vpc-endpoint', typed);
    const view = await dan.waitForView('create_endpoint');
    expect(valuesOf(view)).toMatchObject({
      instance: SAMPLE_INSTANCES.logs,
      service: SAMPLE_SERVICES.reindex,
      zone: 'cn-hangzhou-j',
    });
    await dan.close(view);
  });

  it('says so, with the command to type again, when Slack does not open the form', async () => {
    const { slack } = here;
    slack.faults.add({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
    await slack.as('U0DAN').command('C0DATA', '/vpc-endpoint', `create ${SAMPLE_INSTANCES.logs}`);
    const answer = await slack.waitFor(() => slack.as('U0DAN').ephemerals('C0DATA').at(-1), { what: 'an answer' });
    expect(textOf(answer)).toContain(`/vpc-endpoint create ${SAMPLE_INSTANCES.logs}`);
    expect(slack.as('U0DAN').views()).toEqual([]);
  });
});

describe('the shortcut', () => {
  it('opens the same form from anywhere, and without a channel everything is told in private', async () => {
    const { slack, cloud } = here;
    const ann = slack.as('U0ANN');
    expect(await ann.shortcut('create_endpoint')).toMatchObject({ ok: true });
    const view = await ann.waitForView('create_endpoint');
    const service = newService(cloud);
    const story = new Story(here, { service });
    story.id = (JSON.parse(view.private_metadata) as { request: string }).request;
    await ann.search(view, 'instance', SAMPLE_INSTANCES.orders);
    await ann.choose(view, 'instance', SAMPLE_INSTANCES.orders);
    await ann.search(view, 'service', service);
    await ann.choose(view, 'service', service);
    await ann.search(view, 'zone', 'cn-hangzhou-i');
    await ann.choose(view, 'zone', 'cn-hangzhou-i');
    await ann.type(view, 'reason', 'from the train');
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    await story.hears('U0ANN', 'is waiting for approval');
    await slack.as('U0BEN').click(await story.cardWith('approve'), 'approve');
    const endpoint = await story.ends();
    await story.hears('U0ANN', endpoint.domain);
    expect(story.messages().some(({ channel }) => channel === 'C0DATA')).toBe(false);
  });

  it('that this version does not have says so', async () => {
    const dan = here.slack.as('U0DAN');
    expect(await dan.shortcut('create_database')).toMatchObject({ ok: true });
    const dm = here.slack.workspace.dm('U0DAN').id;
    await here.slack.waitFor(() =>
      here.slack.workspace.messages.some(({ channel, text }) => channel === dm && text.includes('does nothing')),
    );
  });
});

describe('the form', () => {
  it('finds instances and services by name and by id, the unusable ones marked', async () => {
    const { slack } = here;
    const ann = slack.as('U0ANN');
    await ann.command('C0DATA', '/vpc-endpoint', 'create');
    const view = await ann.waitForView('create_endpoint');
    const shown = async (field: string, text: string) =>
      (await ann.search(view, field, text)).map(({ value, text: { text: label } }) => `${value}: ${label}`);
    expect(await shown('instance', 'ORDERS-prod')).toEqual([
      `${SAMPLE_INSTANCES.orders}: orders-production (${SAMPLE_INSTANCES.orders})`,
    ]);
    expect(await shown('instance', 'nif1oiv')).toEqual([
      `${SAMPLE_INSTANCES.inactive}: search-retired (${SAMPLE_INSTANCES.inactive}) · not usable: inactive`,
    ]);
    expect(await shown('service', 'webhook')).toEqual([
      `${SAMPLE_SERVICES.alerts}: watcher webhooks (${SAMPLE_SERVICES.alerts})`,
    ]);
    expect(await ann.search(view, 'instance', '')).toHaveLength(6);
    await ann.close(view);
  });

  it('offers the zones of the service that was picked, and of another one after that', async () => {
    const { slack } = here;
    const ann = slack.as('U0ANN');
    await ann.command('C0DATA', '/vpc-endpoint', 'create');
    const view = await ann.waitForView('create_endpoint');
    const zones = async () => (await ann.search(view, 'zone', '')).map(({ value }) => value);
    expect(await zones()).toEqual(
      expect.arrayContaining(['cn-hangzhou-g', 'cn-hangzhou-h', 'cn-hangzhou-i', 'cn-hangzhou-j']),
    );
    await ann.pick(view, 'service', SAMPLE_SERVICES.reindex);
    expect(await zones()).toEqual(['cn-hangzhou-i', 'cn-hangzhou-j']);
    await ann.pick(view, 'service', SAMPLE_SERVICES.alerts);
    expect(await zones()).toEqual(['cn-hangzhou-g', 'cn-hangzhou-h', 'cn-hangzhou-i']);
    await ann.close(view);
  });

  it('refuses what can’t be right at its field, keeps the entries, and takes them once corrected', async () => {
    const { slack } = here;
    const story = new Story(here);
    const { person, view } = await fillIn(slack, {
      instance: 'es-cn-2r429tctl000d****',
      service: 'epsrv_wrong',
      zone: 'hangzhou i',
    });
    expect(await person.submit(view)).toEqual({
      outcome: 'errors',
      errors: {
        instance: 'This id is masked, as in documentation. Paste the full id.',
        service:
          'An endpoint service id looks like epsrv-hp3xdsq46ael67lob1c2. Pick one from the list, or paste the full id.',
        zone: 'A zone id looks like cn-hangzhou-i. Pick one from the list, or paste the full id.',
      },
    });
    await person.pick(view, 'instance', SAMPLE_INSTANCES.orders);
    await person.pick(view, 'service', story.service);
    await person.pick(view, 'zone', 'cn-hangzhou-h');
    await person.type(view, 'reason', '   ');
    expect(await person.submit(view)).toMatchObject({ errors: { reason: 'Say in a few words what it is for.' } });
    await person.type(view, 'reason', 'LDAP sign-in');
    expect(await person.submit(view)).toEqual({ outcome: 'closed' });
    story.id = (JSON.parse(view.private_metadata) as { request: string }).request;
    expect(textOf(await story.cardWith('approve'))).toContain('LDAP sign-in');
  });

  it('refuses a zone at its field when the zones of the service are surely known', async () => {
    const { slack } = here;
    const { person, view } = await fillIn(slack, { service: SAMPLE_SERVICES.reindex });
    await person.pick(view, 'service', SAMPLE_SERVICES.reindex);
    await person.search(view, 'zone', '');
    await person.pick(view, 'zone', { text: { type: 'plain_text', text: 'cn-hangzhou-g' }, value: 'cn-hangzhou-g' });
    expect(await person.submit(view)).toEqual({
      outcome: 'errors',
      errors: { zone: 'The endpoint service does not offer cn-hangzhou-g. It offers: cn-hangzhou-i, cn-hangzhou-j.' },
    });
    await person.close(view);
  });

  it('asks once when it is submitted twice, and says so when the second time has other entries', async () => {
    const { slack } = here;
    const story = new Story(here);
    const { person, view } = await fillIn(slack, story.wish);
    story.id = (JSON.parse(view.private_metadata) as { request: string }).request;
    expect(await Promise.all([person.submit(view), person.submit(view)])).toEqual([
      { outcome: 'closed' },
      { outcome: 'closed' },
    ]);
    const card = await story.cardWith('approve');

    // A client that did not hear of the ack shows the form still.
    view.open = true;
    await person.type(view, 'reason', 'something else');
    expect(await person.submit(view)).toMatchObject({
      outcome: 'errors',
      errors: { instance: expect.stringContaining('already sent once, with other entries') },
    });
    await person.close(view);

    await slack.as('U0BEN').click(card, 'approve');
    await story.ends();
    expect(story.cards()).toHaveLength(1);
    expect(story.creates()).toHaveLength(1);
    expect(story.endpoints()).toHaveLength(1);
  });

  it('takes a reason as it is: nothing in it becomes a mention, a link or markup', async () => {
    const story = new Story(here, { reason: '<!channel> *now* <https://evil.example|click> & `x` <@U0BEN>' });
    const card = await story.askForCard();
    expect(textOf(card)).not.toContain('<!channel>');
    expect(textOf(card)).not.toContain('<https://evil.example');
    expect(textOf(card)).toContain('&lt;!channel&gt;');
  });
});

describe('/vpc-endpoint with nothing, or something else', () => {
  it.each([
    ['', undefined],
    ['help', undefined],
    ['crate es-cn-1', 'create'],
    ['shwo', 'show'],
    ['frobnicate', undefined],
  ])('“%s” shows the help, to the one who typed it', async (typed, nearest) => {
    const { slack } = here;
    const seen = slack.as('U0DAN').ephemerals('C0DATA').length;
    await slack.as('U0DAN').command('C0DATA', '/vpc-endpoint', typed);
    const answer = await slack.waitFor(() => slack.as('U0DAN').ephemerals('C0DATA')[seen], { what: 'help' });
    expect(textOf(answer)).toContain('/vpc-endpoint create [instance] [service] [zone]');
    if (nearest !== undefined) expect(textOf(answer)).toContain(`Did you mean \`/vpc-endpoint ${nearest}\`?`);
    else expect(textOf(answer)).not.toContain('Did you mean');
  });
});

describe('/vpc-endpoint show', () => {
  it('says where a request is, with a link to its card, and what is wrong with other words', async () => {
    const { slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    const dan = slack.as('U0DAN');
    const answered = async (typed: string) => {
      const seen = dan.ephemerals('C0DATA').length;
      await dan.command('C0DATA', '/vpc-endpoint', typed);
      return textOf(await slack.waitFor(() => dan.ephemerals('C0DATA')[seen], { what: `an answer to ${typed}` }));
    };
    await story.hears('U0ANN', 'Open the card');
    const shown = await answered(`show ${story.id}`);
    expect(shown).toContain('Waiting for approval');
    expect(shown).toContain(`/archives/C0APPROVALS/p${card.ts.replace('.', '')}`);
    expect(await answered('show')).toContain('Say which request');
    expect(await answered('show req_01ARZ3NDEKTSV4RRFFQ69G5FAV')).toContain('There is no request');
  });
});

describe('who may not ask', () => {
  it.each([
    ['a guest', 'U0GUS', 'C0DATA', 'guest'],
    ['somebody of another workspace', 'U0EVE', 'C0APPROVALS', 'another workspace'],
    ['a deactivated account', 'U0OLD', 'C0DATA', 'deactivated'],
    ['a bot', BOT_USER, 'C0DATA', 'came from a bot'],
  ])('%s is told so in words, and no form opens', async (_who, who, where, words) => {
    const { slack, cloud } = here;
    const person = slack.as(who);
    const asked = cloud.calls.length;
    await person.command(where, '/vpc-endpoint', 'create');
    const answer = await slack.waitFor(() => person.ephemerals(where).at(-1), { what: 'an answer' });
    expect(textOf(answer)).toContain(words);
    expect(person.views()).toEqual([]);
    expect(cloud.calls).toHaveLength(asked);
  });
});

describe('what Slack does not say', () => {
  it('who somebody is: the request waits for it, and goes on when Slack says', async () => {
    const { slack } = here;
    // Asked of somebody whom this process has not met, not even behind a rule's names.
    slack.workspace.users.set('U0NEW', person('U0NEW', 'new', 'Nell Newcomer'));
    slack.workspace.channels.get('C0DATA')?.members.add('U0NEW');
    slack.faults.add({ method: 'users.info', kind: 'server_error', times: 3 });
    const story = new Story(here, { who: 'U0NEW' });
    const card = await story.askForCard();
    expect(textOf(card)).toContain('<@U0NEW>');
    expect(slack.log.calls.filter(({ method, fault }) => method === 'users.info' && fault)).toHaveLength(3);
  });
});

// Over a socket nothing is signed; what makes no sense there has tests of its own.
const unsigned = transport() === 'http' ? ['what nobody signed'] : [];

describe.each(unsigned)('%s', () => {
  it('is refused, nonsense is answered, and the process goes on', async () => {
    const { slack } = here;
    const status = async (...args: Parameters<typeof slack.deliverRaw>) => (await slack.deliverRaw(...args)).status;
    expect(await status('payload={}', { signingSecret: 'another-secret' })).toBe(401);
    expect(await status('payload={}', { timestamp: Math.floor(Date.now() / 1_000) - 600 })).toBe(401);
    expect(await status('payload={')).toBe(400);
    expect(await status('\u0000'.repeat(2_000))).toBe(400);
    expect(await status('payload={"type":"view_submission","user":{"id":"U0ANN"},"view":{}}')).toBe(400);
    expect(await status('{"type":"event_callback"', { contentType: 'application/json' })).toBe(400);
    const service = newService(here.cloud);
    changeService(here.cloud, service, { description: 'after the nonsense' });
    const story = new Story(here, { service });
    expect(textOf(await story.askForCard())).toContain('after the nonsense');
  });
});
