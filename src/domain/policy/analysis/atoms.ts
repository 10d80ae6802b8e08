/** Which patterns an instance id can match at once: every combination that some id has, with a short such id. */
import type { InstanceId } from '../../ids.ts';

export interface Atom {
  /** A shortest one of these ids, as far as there are some that end with a letter or a digit. */
  readonly example: InstanceId;
  /** Of each pattern, in their order. */
  readonly matches: readonly boolean[];
}

/** Every id begins with it, is followed by a letter or a digit, and has no more characters than these: see judgeId. */
const PREFIX = 'es-';
const LONGEST = 75;
const LETTERS_AND_DIGITS = 'xyzabcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const OTHERS = '_-';
/** Patterns with many stars before a letter can be told apart in exponentially many ways. */
const MOST_STATES = 10_000;

interface Walk {
  readonly states: readonly number[];
  readonly text: string;
}

/**
 * All patterns are walked at once, breadth first, so that the first text that comes to a state is a shortest one. Exact
 * over the ids that the bot takes. `too-many` when it would take more than `most` states.
 */
export function atomsOf(patterns: readonly string[], most = MOST_STATES): readonly Atom[] | 'too-many' {
  const machines = patterns.map(machineOf);
  const alphabet = alphabetOf(patterns);
  const first = alphabet.filter(endsWell);
  const found = new Map<string, Atom>();
  const seen = new Set<string>();
  const advance = (states: readonly number[], char: string) =>
    machines.map((machine, index) => machine.next(states[index] ?? 0, char));
  const start = [...PREFIX].reduce(advance, machines.map(() => 0) as readonly number[]);

  let level: readonly Walk[] = [{ states: start, text: PREFIX }];
  for (let length = PREFIX.length; length < LONGEST && level.length > 0; length += 1) {
    const next: Walk[] = [];
    for (const { states, text } of level) {
      for (const char of length === PREFIX.length ? first : alphabet) {
        const there = advance(states, char);
        const key = `${there.join()} ${endsWell(char)}`;
        if (seen.has(key)) continue;
        if (seen.size >= most) return 'too-many';
        seen.add(key);
        const walk = { states: there, text: text + char };
        next.push(walk);
        keep(found, machines, walk);
      }
    }
    level = next;
  }
  return [...found.values()];
}

function keep(found: Map<string, Atom>, machines: readonly Machine[], { states, text }: Walk): void {
  const matches = machines.map((machine, index) => machine.accepts(states[index] ?? 0));
  const key = matches.join();
  const before = found.get(key);
  if (before !== undefined && (endsWell(before.example) || !endsWell(text))) return;
  found.set(key, { example: text, matches });
}

/** The characters of the patterns that an id may have, and one that stands for all the others. */
function alphabetOf(patterns: readonly string[]): readonly string[] {
  const used = new Set(patterns.join(''));
  const other = [...LETTERS_AND_DIGITS, ...OTHERS].find((char) => !used.has(char));
  const rest = [...LETTERS_AND_DIGITS, ...OTHERS].filter((char) => used.has(char));
  return other === undefined ? rest : [other, ...rest];
}

/** With a letter or a digit. */
function endsWell(text: string): boolean {
  const last = text.at(-1);
  return last !== '-' && last !== '_';
}

/** A pattern as a deterministic automaton that is made as far as it is walked; 0 is its first state. */
interface Machine {
  next(state: number, char: string): number;
  accepts(state: number): boolean;
}

function machineOf(pattern: string): Machine {
  const tokens = [...pattern.replace(/\*+/g, '*')];
  const sets: (readonly number[])[] = [];
  const indexOf = new Map<string, number>();
  const intern = (positions: readonly number[]): number => {
    const set = closed(tokens, positions);
    const key = set.join();
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    indexOf.set(key, sets.length);
    sets.push(set);
    return sets.length - 1;
  };
  const steps = new Map<string, number>();
  intern([0]);
  return {
    next(state, char) {
      const key = `${state}${char}`;
      const known = steps.get(key);
      if (known !== undefined) return known;
      const there = intern((sets[state] ?? []).flatMap((position) => after(tokens, position, char)));
      steps.set(key, there);
      return there;
    },
    accepts: (state) => sets[state]?.includes(tokens.length) === true,
  };
}

function after(tokens: readonly string[], position: number, char: string): readonly number[] {
  const token = tokens[position];
  if (token === '*') return [position];
  return token === '?' || token === char ? [position + 1] : [];
}

/** With what a star skips to; without what is before the last star, which whatever matches from there matches, too. */
function closed(tokens: readonly string[], positions: readonly number[]): readonly number[] {
  const all = new Set(positions);
  for (const position of positions) if (tokens[position] === '*') all.add(position + 1);
  const lastStar = Math.max(-1, ...[...all].filter((position) => tokens[position] === '*'));
  return [...all].filter((position) => position >= lastStar).sort((a, b) => a - b);
}
