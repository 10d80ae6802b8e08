/** Finds what somebody means by a name: one, several to choose from, or none and what is most like it. */
import { nearest } from '../config/values.ts';

export interface Findable {
  readonly id: string;
  readonly names: readonly string[];
}

export type Found<T> =
  | { readonly kind: 'one'; readonly item: T }
  | { readonly kind: 'several'; readonly items: readonly T[] }
  | { readonly kind: 'none'; readonly nearest: readonly string[] };

const SUGGESTIONS = 3;

/** @param typed with or without # or @; an id is as good. */
export function findName<T extends Findable>(typed: string, all: readonly T[]): Found<T> {
  const wanted = typed.trim().replace(/^[#@]/, '').toLowerCase();
  const matching = all.filter(
    ({ id, names }) => id.toLowerCase() === wanted || names.some((name) => name.toLowerCase() === wanted),
  );
  const [first, ...others] = matching;
  if (first !== undefined)
    return others.length === 0 ? { kind: 'one', item: first } : { kind: 'several', items: matching };
  return { kind: 'none', nearest: likeliest(wanted, [...new Set(all.flatMap(({ names }) => names))]) };
}

function likeliest(wanted: string, names: readonly string[]): readonly string[] {
  const containing = names.filter((name) => wanted.length > 1 && name.toLowerCase().includes(wanted));
  let left = names.filter((name) => !containing.includes(name));
  const similar: string[] = [];
  while (similar.length < SUGGESTIONS) {
    const next = nearest(wanted, left);
    if (next === undefined) break;
    similar.push(next);
    left = left.filter((name) => name !== next);
  }
  return [...similar, ...containing].slice(0, SUGGESTIONS);
}
