/** Patterns for instance ids: nothing but `*` and `?` means more than itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GLOB, matchesGlob } from '../../../src/domain/policy/glob.ts';

describe('a pattern', () => {
  it.each<[glob: string, text: string, matches: boolean]>([
    ['es-cn-1', 'es-cn-1', true],
    ['es-cn-1', 'es-cn-12', false],
    ['es-cn-1', 'xes-cn-1', false],
    ['es-cn-1', 'ES-CN-1', false],
    ['*', '', true],
    ['*', 'es-cn-1', true],
    ['es-cn-*', 'es-cn-', true],
    ['es-cn-*', 'es-cn-2r429', true],
    ['es-cn-*', 'es-us-2r429', false],
    ['*-prod', 'es-cn-prod', true],
    ['*-prod', 'es-cn-prod-2', false],
    ['es-*-prod', 'es-cn-hangzhou-prod', true],
    ['es-*-prod', 'es-prod', false],
    ['**', 'anything', true],
    ['es-cn-?', 'es-cn-1', true],
    ['es-cn-?', 'es-cn-', false],
    ['es-cn-?', 'es-cn-12', false],
    ['?*', '', false],
    ['?*', 'a', true],
    // What would be special elsewhere.
    ['es.cn', 'es.cn', true],
    ['es.cn', 'es-cn', false],
    ['a-z', 'b', false],
    ['*', 'two\nlines', true],
    ['es-cn-?', 'es-cn-\n', true],
  ])('%j on %j: %s', (glob, text, matches) => {
    expect(matchesGlob(glob, text)).toBe(matches);
    // A second time it is compiled already.
    expect(matchesGlob(glob, text)).toBe(matches);
  });

  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '*', '?'), minLength: 1, maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.'), maxLength: 8 });

  it('matches what a plain walk through both matches', () => {
    const walk = (glob: string, rest: string): boolean => {
      const [first] = glob;
      if (first === undefined) return rest === '';
      if (first === '*') return walk(glob.slice(1), rest) || (rest !== '' && walk(glob, rest.slice(1)));
      return rest !== '' && (first === '?' || first === rest[0]) && walk(glob.slice(1), rest.slice(1));
    };
    fc.assert(
      fc.property(pattern, text, (glob, each) => {
        expect(matchesGlob(glob, each)).toBe(walk(glob, each));
      }),
      { numRuns: 2_000 },
    );
  });

  it('goes on matching after more patterns than are kept', () => {
    for (let n = 0; n < 1_500; n += 1) expect(matchesGlob(`es-${n}-*`, `es-${n}-x`)).toBe(true);
    expect(matchesGlob('es-0-*', 'es-1-x')).toBe(false);
  });

  it.each<[string, boolean]>([
    ['es-cn-*', true],
    ['es_cn.1?', true],
    ['', false],
    ['es cn', false],
    ['es-[ab]', false],
    ['{a,b}', false],
    ['!es', false],
    ['es/cn', false],
    ['日本', false],
  ])('%j may be written: %s', (glob, may) => {
    expect(GLOB.test(glob)).toBe(may);
  });
});
