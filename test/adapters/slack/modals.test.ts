/** The small parts that forms and commands are made of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainOption } from '../../../sandbox/slack/validate/elements.ts';
import { refuseView } from '../../../sandbox/slack/validate/view.ts';
import { choiceOption } from '../../../src/adapters/slack/modals/choice-option.ts';
import { chooseEndpointModal } from '../../../src/adapters/slack/modals/choose-endpoint.ts';
import { createEndpointModal } from '../../../src/adapters/slack/modals/create-endpoint.ts';
import { cut } from '../../../src/adapters/slack/modals/plain.ts';
import { parseCommandText } from '../../../src/adapters/slack/payloads/command-text.ts';
import { editDistance } from '../../../src/adapters/slack/payloads/nearest-word.ts';
import { messagesFor } from '../../../src/messages/messages-for.ts';
import { ID, listed } from '../../support/samples.ts';

const { modals } = messagesFor('en');

const wild = fc.string({
  unit: fc.oneof(fc.constantFrom('&', '<', '>', '`', ' ', '😀', '杭'), fc.string({ minLength: 1, maxLength: 3 })),
});

describe('an option', () => {
  it('fits whatever a thing is called, and shows its id', () => {
    const id = fc.stringMatching(/^es-[a-z0-9]{1,60}$/);
    const maybe = fc.option(wild, { nil: undefined });
    fc.assert(
      fc.property(id, wild, maybe, maybe, (one, name, account, unusable) => {
        const choice = { id: one, name, ...(account ? { account } : {}), ...(unusable ? { unusable } : {}) };
        const made = choiceOption(choice, modals);
        const found: string[] = [];
        plainOption(made, '', found);
        expect(found).toEqual([]);
        expect(made.text.text).toContain(one);
        expect(made.value).toBe(one);
      }),
    );
  });

  it('is cut between characters', () => {
    expect(cut('&&&&', 11)).toBe('&&…');
    expect(cut('😀😀😀', 4)).toBe('😀…');
    expect(cut('short', 5)).toBe('short');
  });
});

describe('the create form', () => {
  it('is a view that Slack takes, whatever was typed', () => {
    fc.assert(
      fc.property(wild, wild, wild, wild, (instance, service, zone, account) => {
        const parsed = parseCommandText(`create ${instance} ${service} ${zone}`);
        const typed = parsed.kind === 'create' ? parsed.target : {};
        const accounts = ['prod', `a ${account}`.slice(0, 60)];
        const metadata = { request: ID, origin: 'C0DATA' };
        const view = createEndpointModal({ metadata, typed, account: undefined, accounts }, () => undefined, modals);
        expect(refuseView(view, 'modal')).toBeUndefined();
      }),
    );
  });
});

describe('the form to choose an endpoint', () => {
  const candidates = (count: number) => Array.from({ length: count }, (_, index) => listed(`ep-${index}`));

  it.each([
    [9, 'radio_buttons'],
    [10, 'static_select'],
  ])('with %i candidates has %s, which Slack takes, and says what to do', (count, type) => {
    const view = chooseEndpointModal({ request: ID, revision: 1 }, candidates(count), modals);
    expect(refuseView(view, 'modal')).toBeUndefined();
    const element = view.blocks.flatMap((block) => ('element' in block ? [block.element] : []))[0];
    expect(element).toMatchObject({
      type,
      ...(type === 'static_select' ? { placeholder: { text: 'Choose the endpoint' } } : {}),
    });
  });
});

describe('what is wrong with an entry', () => {
  it.each(['en', 'zh-CN'] as const)('is said in %s without listing hundreds', (locale) => {
    const { problems } = messagesFor(locale).modals;
    const many = Array.from({ length: 300 }, (_, index) => `cn-hangzhou-${index}`);
    for (const said of [problems.zoneNotOffered('cn-hangzhou-x', many), problems.unknownAccount(many)]) {
      expect(said).toContain('cn-hangzhou-0');
      expect(said).toMatch(/and \d+ more|另有 \d+ 个/);
      expect(said.length).toBeLessThan(500);
    }
  });
});

describe('what is typed', () => {
  it.each([
    ['create', {}],
    ['CREATE es-1', { instance: 'es-1' }],
    ['create epsrv-1 es-1 cn-a-b', { instance: 'es-1', service: 'epsrv-1', zone: 'cn-a-b' }],
    ['create orders epsrv-1', { instance: 'orders', service: 'epsrv-1' }],
    ['create a b c d', { instance: 'a', service: 'b', zone: 'c' }],
    [`create ${'x'.repeat(76)}`, {}],
  ])('%j', (text, target) => {
    expect(parseCommandText(text)).toEqual({ kind: 'create', target });
  });

  it('is compared letter by letter', () => {
    expect(editDistance('craete', 'create')).toBe(2);
    expect(editDistance('', 'help')).toBe(4);
    expect(editDistance('help', 'help')).toBe(0);
  });
});
