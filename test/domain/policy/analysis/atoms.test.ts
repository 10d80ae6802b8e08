/** Which patterns an id can match at once, and the ids that show it. */
import { describe, expect, it } from 'vitest';
import { judgeId } from '../../../../src/domain/ids.ts';
import { atomsOf } from '../../../../src/domain/policy/analysis/atoms.ts';

function examples(...patterns: readonly string[]): Readonly<Record<string, string>> {
  const atoms = atomsOf(patterns);
  if (atoms === 'too-many') throw new Error(atoms);
  return Object.fromEntries(atoms.map(({ matches, example }) => [matches.map(Number).join(''), example]));
}

describe('the combinations of patterns', () => {
  it('have one id where there is no pattern', () => {
    expect(examples()).toEqual({ '': 'es-x' });
  });

  it('are those that some id has, each with a short one that looks like an id', () => {
    expect(examples('es-cn-*')).toEqual({ '0': 'es-x', '1': 'es-cn-x' });
    expect(examples('es-cn-*', '*-a')).toEqual({ '00': 'es-x', '10': 'es-cn-x', '01': 'es-a', '11': 'es-cn-a' });
    expect(examples('es-*a*b*', 'es-*b*a*')).toMatchObject({ '11': 'es-aba' });
    expect(examples('es-??', 'es-?')).toEqual({ '00': 'es-xxx', '10': 'es-xx', '01': 'es-x' });
  });

  it('leave out what no id can be: another beginning, a dot, a sign after es-, or more than 75 characters', () => {
    for (const pattern of ['prod-*', 'es-a.b', 'es--*', 'es-_?', 'es', `es-${'?'.repeat(73)}*`]) {
      expect(examples(pattern)).toEqual({ '0': 'es-x' });
    }
    expect(examples(`es-${'?'.repeat(72)}`)['1']).toHaveLength(75);
    expect(examples('es-*')).toEqual({ '1': 'es-x' });
  });

  it('are shown by an id that ends with a sign only where there is no other', () => {
    expect(examples('es-a*', '*-')).toEqual({ '00': 'es-x', '10': 'es-a', '01': 'es-x-', '11': 'es-a-' });
  });

  it('are shown by ids that the bot takes, even of patterns with every letter', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    for (const patterns of [[`es-${letters}`], [...letters].map((letter) => `es-${letter}`), ['es-a-_*']]) {
      for (const example of Object.values(examples(...patterns))) expect(judgeId('instance', example)).toBeUndefined();
    }
    expect(Object.keys(examples(...[...letters].map((letter) => `es-${letter}`)))).toHaveLength(letters.length + 1);
  });

  it('may be too many, which is said', () => {
    const patterns = [...'abcdefghijklmnopqrstuv'].map((letter) => `es-*${letter}*`);
    expect(atomsOf(patterns)).toBe('too-many');
    expect(atomsOf(['es-cn-*'], 3)).toBe('too-many');
  });
});
