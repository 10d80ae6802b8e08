/** The shapes that the config file's parts are made of: each complaint says what was expected. */
import * as z from 'zod';
import type { People } from '../domain/policy/rule.ts';
import { nearest, text } from './values.ts';

/** A mapping whose unknown keys are errors; that message is the known ones, for {@link suggestionFor}. */
export function mapping<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? known : `expected a mapping with ${known}`),
  });
}

/** What an unknown key was probably meant to be. */
export function suggestionFor(key: string, known: string): string {
  const meant = nearest(key, known.split(', '));
  return meant ? `did you mean ${meant}?` : `expected one of ${known}`;
}

export const list = <T extends z.ZodType>(item: T, expected: string) =>
  z.array(item, { error: `expected ${expected}` });
export const scalarOrList = <T extends z.ZodType>(item: T, expected: string) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    list(item, expected).min(1, { error: `expected ${expected}` }),
  );
export const yesOrNo = z.boolean({ error: 'expected true or false' });

export const accountName = text('an account’s name: letters, digits, - and _', /^[A-Za-z][\w-]{0,63}$/);
export const user = text('a Slack user’s id, U… or W…', /^[UW][A-Z0-9]{1,30}$/);
export const group = text('a Slack user group’s id, S…', /^S[A-Z0-9]{1,30}$/);
export const channel = text('a Slack channel’s id, C… or G…', /^[CG][A-Z0-9]{1,30}$/);
export const words = (what: string) => text(what, /\S/);
export const wholeFrom1 = (most: number) =>
  z
    .int({ error: 'expected a whole number from 1' })
    .min(1, { error: 'expected a whole number from 1' })
    .max(most, { error: `expected at most ${most}` });

/** For a mapping that names people; finish it with {@link once}, and with {@link somebody} where it must not be empty. */
export const inPeople = {
  users: list(user, 'a list of users').default([]),
  groups: list(group, 'a list of user groups').default([]),
};

/** Each of them once. */
export function once<T extends People>(given: T): T {
  return { ...given, users: [...new Set(given.users)], groups: [...new Set(given.groups)] };
}

export const somebody = [
  ({ users, groups }: People): boolean => users.length + groups.length > 0,
  { error: 'expected users, groups or both' },
] as const;

/** Without the absent ones: an optional property is there or it is not. */
export function present<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}
