/** A policy's examples: requests, and what is expected to become of each; a YAML list. */
import * as z from 'zod';
import type { AccountName } from '../domain/ids.ts';
import { judgeId } from '../domain/ids.ts';
import { LIFETIMES } from '../domain/lifetime.ts';
import type { Example } from '../domain/policy/analysis/explain.ts';
import type { Checked } from './config.ts';
import { group, list, mapping, present, user } from './shapes.ts';
import { nearest, text } from './values.ts';
import { readYaml } from './yaml-file.ts';

/** What an example has to be about. */
export interface ExamplesOf {
  readonly accounts: readonly AccountName[];
  /** The names of the rules. */
  readonly rules: readonly string[];
}

export interface NamedExample extends Example {
  /** Counted from 1, in the order of the file. */
  readonly number: number;
  readonly name?: string;
}

const NO_RULE = 'none';

/** @param name how the file is called in messages. */
export function readPolicyExamples(source: string, name: string, of: ExamplesOf): Checked<readonly NamedExample[]> {
  return readYaml(source, name, () => schemaFor(of));
}

function schemaFor({ accounts, rules }: ExamplesOf) {
  const approver = z.union(
    [user.transform((id) => ({ user: id, groups: [] as string[] })), mapping({ user, groups: groups('user groups') })],
    { error: 'expected a user’s id, or a mapping with user and groups' },
  );
  const given = mapping({
    requester: user,
    groups: groups('user groups'),
    account: oneOf(accounts, 'an account').optional(),
    action: z.enum(['create', 'delete'], { error: 'expected create or delete' }).default('create'),
    instance: z
      .string({ error: 'expected an instance’s id, es-…' })
      .refine((id) => judgeId('instance', id) === undefined, { error: 'expected an instance’s id, es-…' }),
    lifetime: z.enum(LIFETIMES, { error: `expected one of ${LIFETIMES.join(', ')}` }).default('permanent'),
    approved_by: list(approver, 'a list of users').default([]),
  });
  const expected = mapping({
    rule: oneOf([...rules, NO_RULE], 'a rule'),
    decision: z.enum(['refused', 'waiting', 'approved'], { error: 'expected refused, waiting or approved' }),
    missing: z
      .int({ error: 'expected a whole number from 0' })
      .min(0, { error: 'expected a whole number from 0' })
      .optional(),
  });
  const example = mapping({ name: text('a name', /\S/).optional(), given, expected }).transform((typed, context) => {
    const { requester, groups: inGroups, action, instance, lifetime } = typed.given;
    const account = typed.given.account ?? (accounts.length === 1 ? accounts[0] : undefined);
    if (account === undefined) {
      const message = `expected the account: the config file has ${accounts.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['given'], message });
      return z.NEVER;
    }
    const { rule, decision, missing } = typed.expected;
    return {
      given: {
        subject: { account, action, instanceId: instance, requester, groups: inGroups, lifetime },
        approvedBy: typed.given.approved_by,
      },
      expected: { decision, ...present({ rule: rule === NO_RULE ? undefined : rule, missing }) },
      ...present({ name: typed.name }),
    };
  });
  return list(example, 'a list of examples, each with given and expected')
    .min(1, { error: 'expected at least one example' })
    .transform((all): readonly NamedExample[] => all.map((each, index) => ({ ...each, number: index + 1 })));
}

function groups(what: string) {
  return list(group, `a list of ${what}`).default([]);
}

function oneOf(known: readonly string[], what: string) {
  return z.string({ error: `expected ${what}` }).refine((typed) => known.includes(typed), {
    error: ({ input }) => {
      const meant = nearest(String(input), known);
      return `expected ${meant === undefined ? `one of ${known.join(', ')}` : `${what} (did you mean ${meant}?)`}`;
    },
  });
}
