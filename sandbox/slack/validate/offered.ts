/** The options that a menu offers, and whether its initial ones are among them. */
import { isObject, problem } from './checks.ts';

/** An initial option must be, to the letter, one of those offered. */
export function checkInitial(value: Record<string, unknown>, at: string, found: string[]): void {
  const offered = offeredOptions(value);
  if (offered === undefined) return;
  const all = new Set(offered.map((option) => JSON.stringify(sorted(option))));
  const initial = [value.initial_option, ...(Array.isArray(value.initial_options) ? value.initial_options : [])];
  for (const option of initial) {
    if (option !== undefined && !all.has(JSON.stringify(sorted(option)))) {
      found.push(problem('initial option must match exactly one of the options', at));
    }
  }
}

export function offeredOptions(value: Record<string, unknown>): Record<string, unknown>[] | undefined {
  const groups = value.option_groups;
  const all = Array.isArray(groups) ? groups.flatMap((g) => (isObject(g) ? g.options : [])) : value.options;
  return Array.isArray(all) ? all.filter(isObject) : undefined;
}

function sorted(value: unknown): unknown {
  if (!isObject(value)) return value;
  // `emoji` is filled in by Slack, so it does not tell two options apart.
  const keys = Object.keys(value).filter((key) => key !== 'emoji');
  return Object.fromEntries(keys.sort().map((key) => [key, sorted(value[key])]));
}
