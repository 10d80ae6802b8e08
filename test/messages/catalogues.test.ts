/** Every sentence, in each language: it is there, it is in that language, and it is written as that language is. */
import { describe, expect, it } from 'vitest';
import type { Locale } from '../../src/domain/locale.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import { everySentence, type Said } from './every-sentence.ts';

/** Without what is the same in every language: code, links' addresses, mentions, dates, emoji. */
function words(sentence: string): string {
  return sentence
    .replace(/```[^`]*```|`[^`]*`/g, '`')
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<[@#!][^>]*>/g, '<>')
    .replace(/:[a-z_]+:/g, '☺')
    .replace(/“[^”]*”/g, '“”');
}

const breaking = (said: readonly Said[], rule: RegExp): readonly Said[] => {
  const found = said.filter(([, sentence]) => rule.test(words(sentence)));
  return [...new Map(found.map((one) => [words(one[1]), one])).values()];
};

/** Between the first asterisk and the second is bold, and so on: outside there is an edge or a space. */
function hasRoomAroundBold(line: string): boolean {
  const parts = words(line).split('*');
  const outside = parts.filter((_, index) => index % 2 === 0);
  const closed = outside.slice(1).every((part) => part === '' || part.startsWith(' '));
  return parts.length % 2 === 1 && closed && outside.slice(0, -1).every((part) => part === '' || part.endsWith(' '));
}

const HAN = '\\p{Script=Han}';
const FULL = '[，。；：？！（）、“”…]';

describe.each<Locale>(['en', 'zh-CN'])('the catalogue in %s', (locale) => {
  const said = everySentence(messagesFor(locale));

  it('has nothing that was never filled in', () => {
    expect(said.length).toBeGreaterThan(1_000);
    expect(breaking(said, /undefined|\[object|NaN|\$\{|TODO/)).toEqual([]);
  });

  it('fits Slack’s titles and buttons', () => {
    const { modals, card } = messagesFor(locale);
    const short = [modals.create, modals.edit, modals.reject, modals.choose].flatMap((each) => [
      each.title,
      each.submit,
    ]);
    for (const each of [...short, modals.close]) expect(each.length).toBeLessThanOrEqual(24);
    for (const each of Object.values(card.buttons)) expect(each.length).toBeLessThanOrEqual(75);
    const { mode, lifetime } = modals.fields;
    for (const each of [...Object.values(mode.values), ...Object.values(lifetime.values)]) {
      expect(each.length).toBeLessThanOrEqual(75);
    }
  });
});

describe('the English one', () => {
  it('has no Chinese in it', () => {
    expect(breaking(everySentence(messagesFor('en')), new RegExp(`${HAN}|[，。；：？！（）、]`, 'u'))).toEqual([]);
  });
});

describe('the Chinese one', () => {
  const said = everySentence(messagesFor('zh-CN'));
  /** Names and the API's own words. */
  const AS_IT_IS = /^(Elasticsearch|RequestId|VPC|RAM|CreateVpcEndpoint|OpenAPI Explorer|\s|[^A-Za-z])*$/;

  it('says everything in Chinese', () => {
    const foreign = said.filter(([, sentence]) => !new RegExp(HAN, 'u').test(sentence));
    expect(foreign.filter(([, sentence]) => !AS_IT_IS.test(words(sentence)))).toEqual([]);
    expect(breaking(said, /(?<![\w-])(the|is|of|and|to|a|it|not|by|in|for|was)(?![\w-])/i)).toEqual([]);
  });

  it('has full-width punctuation', () => {
    expect(breaking(said, new RegExp(`${HAN}[,.;:!?()]|[,;!?()]${HAN}`, 'u'))).toEqual([]);
  });

  it('has a space between Chinese and other letters, digits and code, and none beside full-width punctuation', () => {
    expect(breaking(said, new RegExp(`${HAN}[A-Za-z0-9\`<]|[A-Za-z0-9\`>]${HAN}`, 'u'))).toEqual([]);
    expect(breaking(said, new RegExp(`${FULL} (?![*\`•·])|(?<![*_\`]) ${FULL}`, 'u'))).toEqual([]);
  });

  it('has room around what is bold, which Slack would not make bold otherwise', () => {
    const tight = said.flatMap(([, sentence]) => sentence.split('\n').filter((line) => !hasRoomAroundBold(line)));
    expect([...new Set(tight)]).toEqual([]);
  });

  it('says 你, and never 您', () => {
    expect(breaking(said, /您/)).toEqual([]);
  });
});
