/** Collects a list page by page: complete, or a problem. */
import type { CloudResult } from '../../domain/cloud.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** How many items there are in all, when the reply says so. */
  readonly total?: number;
  /** Asks for the page after this one; none after the last. */
  readonly next?: string;
}

/** Far beyond what an account can hold; a server that never ends its list must not keep us for ever. */
const MOST_PAGES = 1_000;

/**
 * All pages of a numbered list, without repeats. Ends when `total` is reached; if there is no total, with a page shorter
 * than `size`, or when a page brings nothing new. A page of exactly `size` that comes again shows a server that ignores
 * `page` but not `size`: what lies beyond is out of reach, and the list is a problem.
 * @param size the page size, where the server is known to honour it.
 */
export async function allNumberedPages<T extends { readonly id: string }>(
  fetchPage: (page: number) => Promise<CloudResult<Page<T>>>,
  size?: number,
): Promise<CloudResult<readonly T[]>> {
  const found = new Map<string, T>();
  for (let number = 1; number <= MOST_PAGES; number += 1) {
    const page = await fetchPage(number);
    if (!page.ok) return page;
    const { items, total } = page.value;
    const before = found.size;
    for (const item of items) if (!found.has(item.id)) found.set(item.id, item);
    const nothingNew = found.size === before;
    const complete =
      total === undefined ? items.length < (size ?? 1) || (nothingNew && items.length !== size) : found.size >= total;
    if (complete) return { ok: true, value: [...found.values()] };
    if (nothingNew) break;
  }
  return incomplete();
}

/** All pages of a list whose pages name the next one, without repeats. */
export async function allLinkedPages<T extends { readonly id: string }>(
  fetchPage: (token: string | undefined) => Promise<CloudResult<Page<T>>>,
): Promise<CloudResult<readonly T[]>> {
  const found = new Map<string, T>();
  const asked = new Set<string | undefined>();
  let token: string | undefined;
  for (let number = 1; number <= MOST_PAGES && !asked.has(token); number += 1) {
    asked.add(token);
    const page = await fetchPage(token);
    if (!page.ok) return page;
    for (const item of page.value.items) if (!found.has(item.id)) found.set(item.id, item);
    token = page.value.next;
    if (token === undefined) return { ok: true, value: [...found.values()] };
  }
  return incomplete();
}

/** The list changed while it was read, or does not end. Reading it again may help. */
function incomplete(): CloudResult<never> {
  const message = 'the pages of the list do not add up';
  return { ok: false, problem: { kind: 'unclear', code: 'IncompleteList', message } };
}
