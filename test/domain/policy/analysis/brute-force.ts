/**
 * What can happen under a small policy, by trying everything: each id, each requester in each set of user groups, each set
 * of people who click. It shares no code with the analysis, nor with the policy that the bot decides by.
 */
import type { Claim } from '../../../../src/domain/policy/analysis/claim.ts';
import type { People, Rule } from '../../../../src/domain/policy/rule.ts';
import { ACCOUNTS, GROUPS } from './small-policies.ts';

/** `c` stands for whatever else an id may have. */
const IDS: readonly string[] = (() => {
  const all: string[] = [];
  let longest = ['es-'];
  for (let length = 1; length <= 6; length += 1) {
    longest = longest.flatMap((text) => [...'abc'].map((char) => text + char));
    all.push(...longest);
  }
  return all;
})();

function fits(glob: string, text: string): boolean {
  if (glob === '') return text === '';
  const rest = glob.slice(1);
  if (glob[0] === '*') return fits(rest, text) || (text !== '' && fits(glob, text.slice(1)));
  return text !== '' && (glob[0] === '?' || glob[0] === text[0]) && fits(rest, text.slice(1));
}

const rows = new Map<string, Uint8Array>();

/** For each id, whether the pattern matches it. */
function rowOf(glob: string): Uint8Array {
  const known = rows.get(glob);
  if (known !== undefined) return known;
  const row = Uint8Array.from(IDS, (id) => (fits(glob, id) ? 1 : 0));
  rows.set(glob, row);
  return row;
}

/** The combinations of patterns that some id matches, each written as `0` and `1`. */
export function vectorsOf(globs: readonly string[]): ReadonlySet<string> {
  const all = globs.map(rowOf);
  return new Set(IDS.map((_, index) => all.map((row) => row[index]).join('')));
}

function bits(matrix: readonly Uint8Array[], index: number): number {
  let found = 1;
  for (const row of matrix) found = found * 2 + (row[index] ?? 0);
  return found;
}

const SETS_OF_GROUPS: readonly (readonly string[])[] = [[], ['S1'], ['S2'], [...GROUPS]];

interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

const isIn = (people: People, { user, groups }: Person) =>
  people.users.includes(user) || people.groups.some((group) => groups.includes(group));

const REQUESTERS: readonly Person[] = ['U1', 'U2', 'U3', 'U4'].flatMap((user) =>
  SETS_OF_GROUPS.map((groups) => ({ user, groups })),
);

interface Asked {
  readonly rule: Rule | undefined;
  readonly requester: Person;
  readonly inScope: boolean;
}

const NOTHING: Omit<Claim, 'who'> = { action: 'create', without: { users: [], groups: [] } };

/** Every request there can be, as far as the policy and the claim tell them apart. */
function asked(rules: readonly Rule[], { action, account, instance, lifetime, askedBy }: Omit<Claim, 'who'>): Asked[] {
  const all = new Map<number, Asked>();
  const kinds = new Map<number, number>();
  const rows = [...rules.flatMap(({ match }) => match.instance ?? []), ...(instance === undefined ? [] : [instance])];
  const matrix = rows.map(rowOf);
  for (const index of IDS.keys()) kinds.set(bits(matrix, index), index);
  for (const index of kinds.values()) {
    if (instance !== undefined && rowOf(instance)[index] !== 1) continue;
    for (const inAccount of account === undefined ? ACCOUNTS : [account]) {
      for (const during of lifetime === undefined ? (['permanent', '1d', '7d'] as const) : [lifetime]) {
        for (const [who, requester] of REQUESTERS.entries()) {
          const which = rules.findIndex(
            ({ match }) =>
              (match.account?.includes(inAccount) ?? true) &&
              (match.action?.includes(action) ?? true) &&
              (match.lifetime?.includes(during) ?? true) &&
              (match.requester === undefined || isIn(match.requester, requester)) &&
              (match.instance?.some((glob) => rowOf(glob)[index] === 1) ?? true),
          );
          const inScope = askedBy === undefined || isIn(askedBy, requester);
          all.set(which * REQUESTERS.length + who, { rule: rules[which], requester, inScope });
        }
      }
    }
  }
  return [...all.values()];
}

export function rulesReached(rules: readonly Rule[]): ReadonlySet<string> {
  const both = (['create', 'delete'] as const).flatMap((action) => asked(rules, { ...NOTHING, action }));
  return new Set(both.flatMap(({ rule }) => (rule === undefined ? [] : [rule.name])));
}

/** @returns `empty` when no request is what the claim speaks of. */
export function canHappen(rules: readonly Rule[], claim: Claim): boolean | 'empty' {
  const meant = asked(rules, claim).filter(({ inScope }) => inScope);
  if (meant.length === 0) return 'empty';
  return meant.some(({ rule, requester }) => rule !== undefined && canBeApproved(rule, requester, claim));
}

function canBeApproved(rule: Rule, requester: Person, { who, without }: Claim): boolean {
  if (rule.steps.length === 0) return true;
  const others = ['U1', 'U2', 'U3', 'V1', 'V2', 'V3'].filter((user) => user !== requester.user);
  const crowd = [requester, ...others.flatMap((user) => SETS_OF_GROUPS.map((groups) => ({ user, groups })))].filter(
    (person) =>
      !isIn(without, person) &&
      (who.kind !== 'requester' || person === requester) &&
      (who.kind !== 'user' || person.user === who.user),
  );
  const most = who.kind === 'anyone' ? 99 : who.kind === 'fewer-than' ? who.count - 1 : 1;
  const { emergency, escalation } = rule;
  if (emergency !== undefined && most >= 1 && crowd.some((person) => isIn(emergency, person))) return true;

  const places = rule.steps.flatMap((step) => Array.from({ length: step.required }, () => step));
  if (places.length > most) return false;
  const mayFill = (step: People, person: Person) =>
    (person !== requester || rule.selfApproval) &&
    (isIn(step, person) || (escalation !== undefined && isIn(escalation, person)));
  const fitting = places.map((step) => crowd.filter((person) => mayFill(step, person)));
  const fill = (index: number, taken: readonly string[]): boolean => {
    const people = fitting[index];
    if (people === undefined) return true;
    return people.some(({ user }) => !taken.includes(user) && fill(index + 1, [...taken, user]));
  };
  return fill(0, []);
}
