/** The mutants are about the code as it is: each stands exactly once, changes something and names tests that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import mutants from './mutants.json' with { type: 'json' };

const inRoot = (file: string) => new URL(`../../${file}`, import.meta.url);

describe('the mutants', () => {
  it('are enough, and each breaks something else', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(18);
    expect(new Set(mutants.map(({ file, find, replace }) => `${file} ${find} ${replace}`)).size).toBe(mutants.length);
  });

  it.each(mutants)('$file: $breaks', ({ file, find, replace, tests }) => {
    expect(readFileSync(inRoot(file), 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(tests.filter((test) => existsSync(inRoot(`test/domain/${test}.test.ts`)))).toEqual(tests);
    expect(tests.length).toBeGreaterThan(0);
  });
});
