/** Policies so small that everything that can happen under them can be tried. */
import fc from 'fast-check';
import type { Claim } from '../../../../src/domain/policy/analysis/claim.ts';
import type { People, Rule } from '../../../../src/domain/policy/rule.ts';

export const ACCOUNTS = ['a', 'b'];
export const GROUPS = ['S1', 'S2'];
const NAMED = ['U1', 'U2'];

const glob = fc
  .tuple(fc.constantFrom('es-', 'es-', 'es-', ''), fc.array(fc.constantFrom('a', 'b', '?', '*'), { maxLength: 3 }))
  .map(([prefix, tokens]) => prefix + tokens.join(''))
  .map((text) => (text === '' ? '*' : text));
const users = fc.subarray(NAMED);
const groups = fc.subarray(GROUPS);
const people: fc.Arbitrary<People> = fc
  .record({ users, groups })
  .filter((some) => some.users.length + some.groups.length > 0);
const absent = fc.constant(undefined);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.oneof(absent, some);
const rarely = <T>(some: fc.Arbitrary<T>) => fc.oneof({ weight: 2, arbitrary: absent }, { weight: 1, arbitrary: some });

function present<T extends object>(given: T) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

const match = fc
  .record({
    account: rarely(fc.subarray(ACCOUNTS, { minLength: 1 })),
    action: rarely(fc.subarray(['create', 'delete'] as const, { minLength: 1 })),
    instance: maybe(fc.array(glob, { minLength: 1, maxLength: 2 })),
    requester: maybe(people),
    lifetime: rarely(fc.subarray(['permanent', '7d'] as const, { minLength: 1 })),
  })
  .map(present);

const steps = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  {
    weight: 6,
    arbitrary: fc.oneof(
      fc.tuple(people, fc.integer({ min: 1, max: 3 })).map(([some, required]) => [{ ...some, required }]),
      fc.tuple(people, people, fc.integer({ min: 1, max: 2 })).map(([one, other, required]) => [
        { ...one, required },
        { ...other, required: 1 },
      ]),
    ),
  },
);

const rule = fc
  .record({
    match,
    steps,
    selfApproval: fc.boolean(),
    escalation: rarely(people.map((some) => ({ ...some, afterMs: 1 }))),
    emergency: rarely(people.map((some) => ({ ...some, reviewWithinMs: 1 }))),
  })
  .map(
    ({ escalation, emergency, ...rest }): Omit<Rule, 'name'> => ({
      ...rest,
      ...present({ escalation, emergency }),
      expiresAfterMs: 2,
      approvalValidForMs: 1,
    }),
  );

export const smallPolicy: fc.Arbitrary<readonly Rule[]> = fc
  .array(rule, { minLength: 1, maxLength: 3 })
  .map((rules) => rules.map((each, index) => ({ name: `r${index}`, ...each })));

export const smallGlobs = fc.uniqueArray(glob, { maxLength: 4 });

export const smallClaim: fc.Arbitrary<Claim> = fc
  .record({
    who: fc.oneof(
      fc.constant({ kind: 'requester' } as const),
      fc.constantFrom('U1', 'U3').map((user) => ({ kind: 'user', user }) as const),
      fc.integer({ min: 1, max: 4 }).map((count) => ({ kind: 'fewer-than', count }) as const),
      fc.constant({ kind: 'anyone' } as const),
    ),
    action: fc.constantFrom('create' as const, 'delete' as const),
    account: rarely(fc.constantFrom(...ACCOUNTS)),
    instance: rarely(glob),
    lifetime: rarely(fc.constantFrom('permanent' as const, '1d' as const)),
    askedBy: rarely(people),
    without: fc.oneof(fc.constant({ users: [], groups: [] }), people),
  })
  .map(({ account, instance, lifetime, askedBy, ...rest }) => ({
    ...rest,
    ...present({ account, instance, lifetime, askedBy }),
  }));
