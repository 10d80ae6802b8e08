/** The requests that a policy can tell apart: finitely many, each standing for all that its rules treat alike. */
import type { AccountName, UserGroupId, UserId } from '../../ids.ts';
import { LIFETIMES, type Lifetime } from '../../lifetime.ts';
import { matchesGlob } from '../glob.ts';
import { groupsOfRequesters, isAmong, matches as isFor, type PolicySubject } from '../match.ts';
import type { Action, People, Rule } from '../rule.ts';
import { atomsOf } from './atoms.ts';

/** Stands for everybody whom nothing names; no id of Slack's looks like it. */
export const SOMEBODY: UserId = '*';

/** What is to be told apart, beside what the rules tell apart. */
export interface Dimensions {
  readonly accounts: readonly AccountName[];
  /** Whether to tell them apart even where no rule does. */
  readonly eachAccount?: boolean;
  /** Absent: all. */
  readonly actions?: readonly Action[];
  /** Absent: all. */
  readonly lifetimes?: readonly Lifetime[];
  /** Patterns of instances. */
  readonly patterns?: readonly string[];
  /** Lists in which the requester stands by name, or does not; given, each of their groups matters, too. */
  readonly people?: readonly People[];
  /** User groups of the requester's, of which to know beside; only with people. */
  readonly groups?: readonly UserGroupId[];
}

const MOST_SUBJECTS = 250_000;

type Surroundings = Omit<PolicySubject, 'requester' | 'groups'>;

/** The plainest first. What no rule tells apart has one representative. */
export function subjectsOf(rules: readonly Rule[], of: Dimensions): readonly PolicySubject[] | 'too-many' {
  const surroundings = surroundingsOf(rules, of);
  if (surroundings === 'too-many') return 'too-many';
  const askers = askersOf(rules, of);
  if (askers === 'too-many' || surroundings.length * askers.length > MOST_SUBJECTS) return 'too-many';
  return surroundings.flatMap((each) => askers.map((asker) => ({ ...each, ...asker })));
}

type Asker = Pick<PolicySubject, 'requester' | 'groups'>;

function askersOf(rules: readonly Rule[], of: Dimensions): readonly Asker[] | 'too-many' {
  const wanted = rules.flatMap(({ match }) => match.requester ?? []);
  const lists = [...wanted, ...(of.people ?? [])].map(({ users }) => users);
  const requesters = representatives([SOMEBODY, ...new Set(lists.flat())], traitsIn(lists));
  const groups = [...new Set([...groupsOfRequesters(rules), ...(of.groups ?? [])])];
  if (requesters.length * 2 ** groups.length > MOST_SUBJECTS) return 'too-many';
  const sets = subsetsOf(groups);
  const all = requesters.flatMap((requester) => sets.map((inGroups) => ({ requester, groups: inGroups })));
  // Who they are matters further where people are asked about; otherwise only which rules could be for them.
  if (of.people !== undefined) return all;
  return representatives(all, ({ requester, groups: own }) => wanted.map((people) => isAmong(people, requester, own)));
}

/** Everything but who asks: one for each set of rules that could be for it. */
function surroundingsOf(rules: readonly Rule[], of: Dimensions): readonly Surroundings[] | 'too-many' {
  const patterns = of.patterns ?? [];
  const matches = rules.map(({ match }) => match);
  const instances = instancesOf(rules, patterns);
  if (instances === 'too-many') return 'too-many';
  const accounts = of.eachAccount
    ? of.accounts
    : representatives(of.accounts, traitsIn(matches.map(({ account }) => account)));
  const actions = representatives(of.actions ?? ['create', 'delete'], traitsIn(matches.map(({ action }) => action)));
  const lifetimes = representatives(of.lifetimes ?? LIFETIMES, traitsIn(matches.map(({ lifetime }) => lifetime)));
  const sizes = [accounts, actions, lifetimes, instances].map(({ length }) => length);
  if (sizes.reduce((product, size) => product * size, 1) > MOST_SUBJECTS) return 'too-many';
  const all = accounts.flatMap((account) =>
    actions.flatMap((action) =>
      lifetimes.flatMap((lifetime) => instances.map((instanceId) => ({ account, action, lifetime, instanceId }))),
    ),
  );
  const open = matches.map(({ requester: _anyone, ...match }) => match);
  const traits = (each: Surroundings) => [
    ...open.map((match) => isFor(match, { ...each, requester: SOMEBODY, groups: [] })),
    ...patterns.map((pattern) => matchesGlob(pattern, each.instanceId)),
  ];
  return representatives(all, (each) => [...(of.eachAccount ? [each.account] : []), ...traits(each)]);
}

function traitsIn<T>(lists: readonly (readonly T[] | undefined)[]): (value: T) => readonly boolean[] {
  const spoken = lists.filter((list) => list !== undefined);
  return (value) => spoken.map((list) => list.includes(value));
}

function instancesOf(rules: readonly Rule[], patterns: readonly string[]): readonly string[] | 'too-many' {
  const lists = [...rules.flatMap(({ match }) => (match.instance === undefined ? [] : [match.instance]))];
  const atoms = atomsOf([...new Set([...lists.flat(), ...patterns])]);
  if (atoms === 'too-many') return atoms;
  const examples = atoms.map(({ example }) => example);
  return representatives(examples, (id) =>
    [...lists, ...patterns.map((pattern) => [pattern])].map((list) => list.some((glob) => matchesGlob(glob, id))),
  );
}

/** The first of each that have the same traits. */
function representatives<T>(values: readonly T[], traitsOf: (value: T) => readonly unknown[]): readonly T[] {
  const first = new Map<string, T>();
  for (const value of values) {
    const traits = traitsOf(value).join();
    if (!first.has(traits)) first.set(traits, value);
  }
  return [...first.values()];
}

/** The smaller first. */
function subsetsOf<T>(values: readonly T[]): readonly (readonly T[])[] {
  let subsets: (readonly T[])[] = [[]];
  for (const value of values) subsets = [...subsets, ...subsets.map((subset) => [...subset, value])];
  return subsets.sort((a, b) => a.length - b.length);
}
