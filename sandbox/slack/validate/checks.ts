/** The small language the Block Kit rules are written in: a shape is a table of fields, a field a check. */
import { escapedLength } from './escape.ts';

/** Adds what is wrong with `value` to `found`, in Slack's words. `at` is a JSON pointer. */
export type Check = (value: unknown, at: string, found: string[]) => void;
export type Field = { check: Check; required: boolean };
export type Shape = Record<string, Field>;

export const required = (check: Check): Field => ({ check, required: true });
export const optional = (check: Check): Field => ({ check, required: false });

export const problem = (words: string, at: string): string => `[ERROR] ${words} [json-pointer:${at || '/'}]`;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function checkShape(shape: Shape, value: Record<string, unknown>, at: string, found: string[]): void {
  for (const [name, field] of Object.entries(shape)) {
    if (value[name] !== undefined) field.check(value[name], `${at}/${name}`, found);
    else if (field.required) found.push(problem(`missing required field: ${name}`, at));
  }
  for (const name of Object.keys(value)) {
    if (!(name in shape)) found.push(problem(`invalid additional property: ${name}`, at));
  }
}

export const object =
  (shape: Shape): Check =>
  (value, at, found) => {
    if (isObject(value)) checkShape(shape, value, at, found);
    else found.push(problem('must be an object', at));
  };

/** Plain strings (ids, values, URLs) are counted as they are. */
export const string =
  (max: number, min = 0): Check =>
  (value, at, found) => {
    if (typeof value !== 'string') return void found.push(problem('must be a string', at));
    if (value.length < min) found.push(problem(`must be more than ${min - 1} characters`, at));
    if (value.length > max) found.push(problem(`must be less than ${max + 1} characters`, at));
  };

export const url =
  (max: number): Check =>
  (value, at, found) => {
    string(max, 1)(value, at, found);
    if (typeof value === 'string' && !/^https?:\/\/|^slack:\/\//.test(value))
      found.push(problem('must be a valid URL', at));
  };

/** A text object. Slack escapes `& < >` before it counts. */
export const text =
  (max: number, kind: 'plain' | 'any' = 'any'): Check =>
  (value, at, found) => {
    if (!isObject(value)) return void found.push(problem('must provide an object', at));
    const type = value.type;
    if (type !== 'plain_text' && (type !== 'mrkdwn' || kind === 'plain')) {
      found.push(problem(`unsupported type: ${String(type)}`, `${at}/type`));
      return;
    }
    checkShape(type === 'mrkdwn' ? mrkdwnShape : plainShape, value, at, found);
    if (typeof value.text !== 'string') return;
    const length = escapedLength(value.text, type);
    if (length < 1) found.push(problem('must be more than 0 characters', `${at}/text`));
    if (length > max) found.push(problem(`must be less than ${max + 1} characters`, `${at}/text`));
  };

export const list =
  (item: Check, max: number, min = 1): Check =>
  (value, at, found) => {
    if (!Array.isArray(value)) return void found.push(problem('must be an array', at));
    if (value.length < min) found.push(problem(`no fewer than ${min} items allowed`, at));
    if (value.length > max) found.push(problem(`no more than ${max} items allowed`, at));
    value.forEach((entry, index) => {
      item(entry, `${at}/${index}`, found);
    });
  };

export const oneOf =
  (...allowed: string[]): Check =>
  (value, at, found) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      found.push(problem(`must be one of: ${allowed.join(', ')}`, at));
    }
  };

export const boolean: Check = (value, at, found) => {
  if (typeof value !== 'boolean') found.push(problem('must be a boolean', at));
};

export const integer =
  (min: number, max: number): Check =>
  (value, at, found) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      found.push(problem(`must be an integer from ${min} to ${max}`, at));
    }
  };

export const matching =
  (pattern: RegExp, what: string): Check =>
  (value, at, found) => {
    if (typeof value !== 'string' || !pattern.test(value)) found.push(problem(`must be ${what}`, at));
  };

export const both =
  (...checks: Check[]): Check =>
  (value, at, found) => {
    for (const check of checks) check(value, at, found);
  };

const anyString: Check = string(Number.MAX_SAFE_INTEGER);
const plainShape: Shape = { type: required(anyString), text: required(anyString), emoji: optional(boolean) };
const mrkdwnShape: Shape = { type: required(anyString), text: required(anyString), verbatim: optional(boolean) };
