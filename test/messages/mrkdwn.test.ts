import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, codeBlock, cutToFit, link, listed, oneLine, quote, user, when } from '../../src/messages/mrkdwn.ts';

const decode = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const foreign = fc
  .array(fc.constantFrom('&', '<', '>', '`', '\n', 'a', '😀', '\u202e', ' '), { maxLength: 60 })
  .map((all) => all.join(''));

describe('foreign text', () => {
  it('is escaped, then cut, never within an entity or a character', () => {
    fc.assert(
      fc.property(foreign, fc.integer({ min: 6, max: 80 }), (text, max) => {
        const shown = oneLine(text, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown).not.toMatch(/[<>\n\u202e]|&(?!(?:amp|lt|gt);)/);
        expect(shown).not.toMatch(/\p{Cs}/u);
        const whole = decode(shown);
        const tidy = text
          .replace(/\u202e/g, '')
          .replace(/\s+/g, ' ')
          .trim();
        if (!whole.endsWith('…')) expect(whole.replace(/\s+/g, ' ').trim()).toBe(tidy.replace(/\s+/g, ' ').trim());
      }),
    );
  });

  it('is quoted line by line, and stays within what it may take', () => {
    expect(quote('one\r\n\n\n\ntwo <@U1>')).toBe('> one\n> \n> two &lt;@U1&gt;');
    fc.assert(
      fc.property(foreign, fc.integer({ min: 100, max: 200 }), (text, max) => {
        const shown = quote(`${text}${text}${text}`, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        for (const line of shown.split('\n')) expect(line).toMatch(/^> /);
      }),
    );
    expect(quote('x\n'.repeat(3_000)).split('\n')).toHaveLength(21);
  });

  it('does not end the code that it stands in', () => {
    expect(code('a`b <c>')).toBe("`a'b &lt;c&gt;`");
    expect(code(' ')).toBe('–');
    expect(codeBlock('a```b')).toBe("```a'''b```");
  });
});

describe('mentions, dates and links', () => {
  it('are made only of what has their shape', () => {
    expect(user('U0ANN')).toBe('<@U0ANN>');
    expect(user('U1> <!channel')).toBe('`U1&gt; &lt;!channel`');
    expect(link('https://a.example/?a=1&b=<x>|y', 'here')).toBe('<https://a.example/?a=1&amp;b=%3Cx%3E%7Cy|here>');
    expect(link('javascript:alert(1)', 'here')).toBe('here');
    expect(link(`https://a.example/${'x'.repeat(2_000)}`, 'here')).toBe('here');
  });

  it('are in the reader’s time zone, with a fallback in UTC', () => {
    expect(when(Date.parse('2026-01-05T09:00:59.999Z'))).toBe(
      '<!date^1767603659^{date_short} {time}|2026-01-05 09:00 UTC>',
    );
    expect(when(Number.NaN)).toBe('–');
    expect(when(9e15)).toBe('–');
  });
});

describe('long lists and texts', () => {
  it('say how much was left out', () => {
    expect(listed(['a', 'b', 'c'], (left) => `and ${left} more`, 4)).toBe('a, b and 1 more');
    expect(listed([], String)).toBe('');
  });

  it('are cut before what would be torn apart', () => {
    expect(cutToFit('hello <@U0ANN> there', 14)).toBe('hello …');
    expect(cutToFit('text ```code that is long```', 18)).toBe('text ```code t```…');
    expect(cutToFit('the id `ep-bp1018s6wy9420` of it', 20)).toBe('the id `ep-bp101…`');
    expect(cutToFit('`one` and more words', 12)).toBe('`one` an…');
    expect(cutToFit('short', 10)).toBe('short');
  });
});
