/** What is claimed never to happen, in a few fixed English words: its grammar, and its parser. */
import type { AccountName } from '../../ids.ts';
import { LIFETIMES, type Lifetime } from '../../lifetime.ts';
import { GLOB } from '../glob.ts';
import type { Action, People } from '../rule.ts';

/** Whose clicks get a request approved. */
export type Who =
  | { readonly kind: 'requester' }
  | { readonly kind: 'user'; readonly user: string }
  /** Whoever they are, but not as many as this. */
  | { readonly kind: 'fewer-than'; readonly count: number }
  | { readonly kind: 'anyone' };

export interface Claim {
  readonly who: Who;
  readonly action: Action;
  readonly account?: AccountName;
  readonly instance?: string;
  readonly lifetime?: Lifetime;
  readonly askedBy?: People;
  /** None of these clicks. */
  readonly without: People;
}

export type ParsedClaim =
  | { readonly ok: true; readonly claim: Claim }
  | {
      readonly ok: false;
      /** Where the word stands that is not understood, or the end. */
      readonly at: number;
      /** What could stand there. */
      readonly expected: readonly string[];
    };

export const CLAIM_GRAMMAR = `<who> creates|deletes [<where>]…

who:    the requester alone          nobody else says yes
        one person alone             whoever it is, the requester too; also: anyone alone
        fewer than <n> people        so many people's yes is not reached
        nobody                       without anybody's yes
        <U…> alone                   this person
        anyone                       however many
where:  in <account>
        on <pattern>                 instances, such as es-cn-*
        for <lifetime>               ${LIFETIMES.join(', ')}
        asked by <U…|S…>             requests of this person, or of this group's members
        without <U…|S…>              this person, or whoever is in this group, says no yes
`;

const VERBS: Readonly<Record<string, Action>> = {
  creates: 'create',
  create: 'create',
  deletes: 'delete',
  delete: 'delete',
};
const USER = /^[UW][A-Z0-9]{1,30}$/;
const GROUP = /^S[A-Z0-9]{1,30}$/;
const NOBODY: People = { users: [], groups: [] };

interface Reader {
  /** Whether these words come next; then they are behind. */
  eat(...words: readonly string[]): boolean;
  /** The next word, if it has this shape or is one of these. */
  take(shape: RegExp | readonly string[]): string | undefined;
  /** Remembers what could have stood here. */
  fail(...expected: readonly string[]): undefined;
  readonly ended: boolean;
  readonly failure: Extract<ParsedClaim, { ok: false }>;
}

/** @param accounts those that there are. */
export function parseClaim(text: string, accounts: readonly AccountName[]): ParsedClaim {
  const reader = readerOf(text);
  const who = readWho(reader);
  if (who === undefined) return reader.failure;
  const action = VERBS[reader.take(Object.keys(VERBS)) ?? ''] ?? reader.fail('creates', 'deletes');
  if (action === undefined) return reader.failure;
  let claim: Claim = { who, action, without: NOBODY };
  while (!reader.ended) {
    const where = readWhere(reader, claim, accounts);
    if (where === undefined) return reader.failure;
    claim = { ...claim, ...where };
  }
  return { ok: true, claim };
}

function readWho(reader: Reader): Who | undefined {
  const alone = <T extends Who>(who: T) => (reader.eat('alone') ? who : reader.fail('alone'));
  if (reader.eat('the', 'requester')) return alone({ kind: 'requester' });
  if (reader.eat('one', 'person')) return alone({ kind: 'fewer-than', count: 2 });
  if (reader.eat('anyone') || reader.eat('anybody')) {
    return reader.eat('alone') ? { kind: 'fewer-than', count: 2 } : { kind: 'anyone' };
  }
  if (reader.eat('nobody')) return { kind: 'fewer-than', count: 1 };
  if (reader.eat('fewer', 'than')) {
    const count = reader.take(/^[1-9]\d{0,3}$/);
    if (count === undefined) return reader.fail('a number from 1');
    if (!reader.eat('people') && !reader.eat('person')) return reader.fail('people');
    return { kind: 'fewer-than', count: Number(count) };
  }
  const user = reader.take(USER);
  if (user !== undefined) return alone({ kind: 'user', user });
  return reader.fail(
    'the requester alone',
    'one person alone',
    'anyone alone',
    'fewer than <n> people',
    'nobody',
    '<U…> alone',
    'anyone',
  );
}

function readWhere(
  reader: Reader,
  { account, instance, lifetime, askedBy, without }: Claim,
  accounts: readonly AccountName[],
): Partial<Claim> | undefined {
  if (account === undefined && reader.eat('in')) {
    const taken = reader.take(accounts);
    return taken === undefined ? reader.fail(...accounts) : { account: taken };
  }
  if (instance === undefined && reader.eat('on')) {
    const taken = reader.take(GLOB);
    return taken === undefined ? reader.fail('a pattern of instances, such as es-cn-*') : { instance: taken };
  }
  if (lifetime === undefined && reader.eat('for')) {
    const word = reader.take(LIFETIMES);
    const taken = LIFETIMES.find((each) => each === word);
    return taken === undefined ? reader.fail(...LIFETIMES) : { lifetime: taken };
  }
  if (askedBy === undefined && reader.eat('asked', 'by')) {
    const taken = readPeople(reader, NOBODY);
    return taken && { askedBy: taken };
  }
  if (reader.eat('without')) {
    const taken = readPeople(reader, without);
    return taken && { without: taken };
  }
  const open = [
    ...(account === undefined ? ['in <account>'] : []),
    ...(instance === undefined ? ['on <pattern>'] : []),
    ...(lifetime === undefined ? ['for <lifetime>'] : []),
    ...(askedBy === undefined ? ['asked by <U…|S…>'] : []),
  ];
  return reader.fail(...open, 'without <U…|S…>', 'the end');
}

/** One more of them. */
function readPeople(reader: Reader, before: People): People | undefined {
  const user = reader.take(USER);
  if (user !== undefined) return { ...before, users: [...before.users, user] };
  const group = reader.take(GROUP);
  if (group !== undefined) return { ...before, groups: [...before.groups, group] };
  return reader.fail('a user’s id, U… or W…', 'a user group’s id, S…');
}

/** Keywords in any case, but for the verb; names and ids as they are. */
function readerOf(text: string): Reader {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({ word: match[0], at: match.index }));
  let next = 0;
  let failure: Reader['failure'] = { ok: false, at: 0, expected: [] };
  return {
    eat(...wanted) {
      const there = wanted.every((word, index) => words[next + index]?.word.toLowerCase() === word);
      if (there) next += wanted.length;
      return there;
    },
    take(shape) {
      const word = words[next]?.word;
      const fits = word !== undefined && (shape instanceof RegExp ? shape.test(word) : shape.includes(word));
      if (fits) next += 1;
      return fits ? word : undefined;
    },
    fail(...expected) {
      failure = { ok: false, at: words[next]?.at ?? text.length, expected };
    },
    get ended() {
      return next >= words.length;
    },
    get failure() {
      return failure;
    },
  };
}
