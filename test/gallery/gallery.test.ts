import { describe, expect, it } from 'vitest';
import { judgeProblem } from '../../src/domain/cloud-errors.ts';
import {
  beyondLimits,
  blocksText,
  buttonsIn,
  calledInVain,
  clashes,
  garbage,
  markupOfOthers,
  markupUnseen,
  missingFacts,
  onlyInBlocks,
  wrongLanguage,
} from './checks.ts';
import { lines } from './lines.ts';
import { keysOf } from './named.ts';
import { PENS } from './pen.ts';
import { problem, REASONS } from './problems.ts';
import type { Rendering, Surface } from './rendering.ts';
import { renderings, writtenBy } from './renderings.ts';

const ALL = [...renderings()];

const SURFACES: Readonly<Record<Surface, true>> = {
  card: true,
  copy: true,
  result: true,
  thread: true,
  notice: true,
  'audit-line': true,
  alert: true,
  answer: true,
  receipt: true,
  whisper: true,
  doctor: true,
  modal: true,
  options: true,
};

/** What a check finds, with where. */
function found(check: (rendering: Rendering) => readonly string[]): readonly string[] {
  return ALL.flatMap((rendering) => check(rendering).map((problem) => `${rendering.id}: ${problem}`));
}

describe('everything that the bot can say', () => {
  it('is there on every surface, in every language, with every kind of text, and named once', () => {
    const counts = Object.fromEntries(
      keysOf(SURFACES).map((surface) => [surface, ALL.filter((one) => one.surface === surface).length]),
    );
    console.log('renderings in the gallery', counts);
    for (const locale of ['en', 'zh-CN'] as const) {
      for (const text of ['usual', 'worst'] as const) {
        const there = new Set(
          ALL.filter((one) => one.locale === locale && one.text === text).map((one) => one.surface),
        );
        expect([...there].sort()).toEqual(keysOf(SURFACES).toSorted());
      }
    }
    const ids = ALL.map(({ id }) => id);
    const seen = new Set<string>();
    expect(ids.filter((id) => seen.size === seen.add(id).size)).toEqual([]);
  });

  it('is the same when it is drawn again', () => {
    const pen = PENS.usual('en');
    const [once, again] = [[...writtenBy(pen)], [...writtenBy(pen)]].map((all) => JSON.stringify(all));
    expect(once === again).toBe(true);
  });

  it('can be read in a terminal', () => {
    // A search may find nothing.
    const said = ALL.filter(({ options }) => options?.length !== 0);
    expect(said.filter((rendering) => lines(rendering).join('').trim() === '').map(({ id }) => id)).toEqual([]);
  });

  it('fits into Slack', () => {
    expect(found(beyondLimits)).toEqual([]);
  });

  it('has no value in it that did not become words', () => {
    expect(found(garbage)).toEqual([]);
  });

  it('is put together without a gap or a stop too many', () => {
    expect(found(clashes)).toEqual([]);
  });

  it('has no markup, mention or link that came from people or the cloud', () => {
    expect(found(markupOfOthers)).toEqual([]);
  });

  it('has no backtick or asterisk in it that Slack would show', () => {
    expect(found(markupUnseen)).toEqual([]);
  });

  it('speaks one language, the reader’s', () => {
    expect(found(wrongLanguage)).toEqual([]);
  });

  it('names what it is about, in its blocks and in its text', () => {
    expect(found(missingFacts)).toEqual([]);
  });

  it('alerts nobody by a card but those who asked or acted, and whom the rule wants told', () => {
    expect(found(calledInVain)).toEqual([]);
  });

  it('has a text that names every id, person and time of its blocks', () => {
    expect(found(onlyInBlocks)).toEqual([]);
  });
});

describe('a card', () => {
  const cards = ALL.filter(({ surface, state }) => surface === 'card' && !state.endsWith(' without blocks'));
  const inStatus = (...statuses: readonly string[]): readonly Rendering[] =>
    cards.filter(({ state }) => statuses.includes(state.split('/')[0] ?? ''));

  it('offers a decision while there is one to be made, and only then', () => {
    const deciding = ['approve', 'reject', 'cancel'];
    const offering = (card: Rendering) => buttonsIn(card).filter((action) => deciding.includes(action));
    const open = inStatus('pending');
    expect(open.length).toBeGreaterThan(0);
    expect(open.filter((card) => offering(card).length < deciding.length)).toEqual([]);
    expect(cards.filter((card) => !open.includes(card) && offering(card).length > 0)).toEqual([]);
  });

  it('of a success shows endpoint and domain', () => {
    const usual = inStatus('succeeded').filter(({ text }) => text === 'usual');
    const pen = PENS.usual('en');
    expect(usual.length).toBeGreaterThan(0);
    for (const { message, state } of usual) {
      const shown = message === undefined ? '' : blocksText(message);
      expect(shown).toContain(pen.endpoint(1));
      if (!state.includes('without a domain')) expect(shown).toContain(pen.domain(1));
    }
  });

  it('of a failure offers to retry, and one that needs a person offers the choice', () => {
    expect(new Set(inStatus('failed').flatMap(buttonsIn))).toEqual(new Set(['retry']));
    expect(new Set(inStatus('needs-attention').flatMap(buttonsIn))).toEqual(new Set(['choose_endpoint']));
    expect(inStatus('failed').every((card) => buttonsIn(card).length === 1)).toBe(true);
  });
});

describe('the samples', () => {
  it.each(REASONS)('of %s are judged to be that', (reason) => {
    expect(judgeProblem(problem(reason, PENS.usual('en'))).reason).toBe(reason);
  });
});

describe('each check bites', () => {
  const rendering = (over: Partial<Rendering>): Rendering => ({
    id: 'x',
    surface: 'notice',
    state: 'x',
    locale: 'en',
    role: 'requester',
    text: 'usual',
    facts: [],
    foreign: [],
    ...over,
  });
  const saying = (text: string, over: Partial<Rendering> = {}): Rendering =>
    rendering({ message: { text, blocks: [] }, ...over });
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } }) as const;

  it.each([
    ['a text that is too long', beyondLimits, saying('x'.repeat(4_001))],
    [
      'a section that is too long',
      beyondLimits,
      rendering({ message: { text: 'x', blocks: [section('<'.repeat(800))] } }),
    ],
    [
      'an option that is too long',
      beyondLimits,
      rendering({ options: [{ text: { type: 'plain_text', text: '&'.repeat(16) }, value: '' }] }),
    ],
    ['a value without words', garbage, saying('It was undefined')],
    ['a code span in a code span', garbage, saying('Type ``x``')],
    ['a stop too many', clashes, saying('*Done.*. Next')],
    ['a mention of everybody', markupOfOthers, saying('He said <!channel>')],
    ['somebody else’s mention', markupOfOthers, saying('He said <@UEVIL>')],
    ['a raw bracket', markupOfOthers, saying('show <request>')],
    ['Chinese for who reads English', wrongLanguage, saying('已批准')],
    ['no Chinese for who reads Chinese', wrongLanguage, saying('Approved', { locale: 'zh-CN' })],
    ['a mention that the rule does not want', calledInVain, saying('Of <@U0BEN>', { mayCall: ['U0ANN'] })],
    ['a user group that the rule does not want', calledInVain, saying('Of <!subteam^S0SRE>', { mayCall: [] })],
    ['a fact that is missing', missingFacts, saying('Done', { facts: ['ep-1'] })],
    [
      'an id in the blocks alone',
      onlyInBlocks,
      rendering({ message: { text: 'Done', blocks: [section('Done: `ep-1`')] } }),
    ],
  ])('on %s', (_what, check, bad) => {
    expect(check(bad)).not.toEqual([]);
    expect(check(saying(bad.locale === 'en' ? 'Done' : '完成', { locale: bad.locale }))).toEqual([]);
  });
});
