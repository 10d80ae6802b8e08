/** The store of requests as a sequential model, and whether answers given side by side can be explained by some order. */
import type { Commit } from '../../src/application/ports/requests.ts';
import type { RequestId } from '../../src/domain/ids.ts';

export interface StoredRequest {
  readonly version: number;
  /** Of the record, to tell one from another; absent while there is none. */
  readonly mark?: number | undefined;
  readonly commits: readonly string[];
  readonly inbox: readonly string[];
  /** Sorted. */
  readonly seen: readonly string[];
  readonly audited: number;
  readonly due?: number | undefined;
}

/** A list of requests with what they are sorted by. */
export type StoredIndex = readonly (readonly [id: RequestId, score: number])[];

export interface Stored {
  readonly requests: Readonly<Record<RequestId, StoredRequest>>;
  readonly held: Readonly<Record<string, RequestId>>;
  /** Without those that are empty. */
  readonly indexes: Readonly<Record<string, StoredIndex>>;
}

export const NOTHING: Stored = { requests: {}, held: {}, indexes: {} };
const NEW: StoredRequest = { version: 0, commits: [], inbox: [], seen: [], audited: 0 };

/** @returns the same with these requests in it, whether or not anything was written to them. */
export function withAll(stored: Stored, ids: readonly RequestId[]): Stored {
  return { ...stored, requests: Object.fromEntries(ids.map((id) => [id, requestIn(stored, id)])) };
}

export function requestIn(stored: Stored, id: RequestId): StoredRequest {
  return stored.requests[id] ?? NEW;
}

/** One step that takes effect in an instant. @returns what is answered, and what is stored then. */
export type Step = (stored: Stored) => readonly [answer: unknown, stored: Stored];

function changed(stored: Stored, id: RequestId, over: Partial<StoredRequest>): Stored {
  return { ...stored, requests: { ...stored.requests, [id]: { ...requestIn(stored, id), ...over } } };
}

export function received(id: RequestId, commandId: string, at: number, makes: boolean): Step {
  return (stored) => {
    const { mark, inbox, seen, due } = requestIn(stored, id);
    if (!makes && mark === undefined && inbox.length === 0) return ['no-such-request', stored];
    if (seen.includes(commandId)) return ['seen-before', stored];
    const over = { inbox: [...inbox, commandId], seen: [...seen, commandId].sort(), due: Math.min(due ?? at, at) };
    return ['received', changed(stored, id, over)];
  };
}

/** How many commit ids the record remembers. */
const REMEMBERED = 8;

export function committed(commit: Commit, mark: number | undefined): Step {
  return (stored) => {
    const { id, hold, release, inboxTaken } = commit;
    const before = requestIn(stored, id);
    if (before.commits.includes(commit.commitId)) return [{ kind: 'committed', version: before.version }, stored];
    if (before.version !== commit.expectedVersion) return [{ kind: 'stale' }, stored];
    for (const name of hold) {
      const by = stored.held[name];
      if (by !== undefined && by !== id) return [{ kind: 'taken', name, by }, stored];
    }
    const writes = mark !== undefined || inboxTaken > 0;
    const inbox = before.inbox.slice(inboxTaken);
    const version = before.version + (writes ? 1 : 0);
    const held = Object.entries(stored.held).filter(([name, by]) => by !== id || !release.includes(name));
    const holding = hold.filter((name) => !release.includes(name)).map((name) => [name, id] as const);
    const after = changed({ ...stored, held: Object.fromEntries([...held, ...holding]) }, id, {
      version,
      mark: mark ?? before.mark,
      commits: writes ? [commit.commitId, ...before.commits].slice(0, REMEMBERED) : before.commits,
      inbox,
      audited: before.audited + commit.audit.length,
      due: inbox.length > 0 ? commit.now : commit.due,
    });
    return [{ kind: 'committed', version }, indexed(after, commit)];
  };
}

function indexed(stored: Stored, { id, index }: Commit): Stored {
  if (index === undefined) return stored;
  const lists = new Map<string, StoredIndex>(Object.entries(stored.indexes));
  const others = (name: string) => (lists.get(name) ?? []).filter(([each]) => each !== id);
  for (const { name, score, keep = 0 } of index.add) {
    const all = [...others(name), [id, score] as const].sort(([one, at], [other, then]) =>
      at === then ? (one < other ? -1 : 1) : at - then,
    );
    lists.set(name, keep > 0 ? all.slice(-keep) : all);
  }
  for (const name of index.remove) lists.set(name, others(name));
  return { ...stored, indexes: Object.fromEntries([...lists].filter(([, list]) => list.length > 0)) };
}

export function listed(name: string, newest: boolean, limit: number): Step {
  return (stored) => {
    const ids = (stored.indexes[name] ?? []).map(([id]) => id);
    return [(newest ? ids.reverse() : ids).slice(0, limit), stored];
  };
}

export function tookDue(now: number, deferMs: number, limit: number): Step {
  return (stored) => {
    const due = Object.entries(stored.requests)
      .flatMap(([id, { due: at }]) => (at !== undefined && at <= now ? [{ id: id as RequestId, at }] : []))
      .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
      .slice(0, limit);
    const after = due.reduce((left, { id }) => changed(left, id, { due: now + deferMs }), stored);
    return [due.map(({ id }) => id), after];
  };
}

export function looked(id: RequestId, at: (request: StoredRequest) => unknown): Step {
  return (stored) => [at(requestIn(stored, id)), stored];
}

/** What one caller did: its steps in their order, and what each was answered. */
export interface Call {
  readonly steps: readonly Step[];
  readonly answers: readonly unknown[];
}

/** Whether some order of all steps explains every answer and ends with what is stored now. */
export function explained(before: Stored, calls: readonly Call[], after: Stored): boolean {
  const hopeless = new Set<string>();
  const search = (stored: Stored, done: readonly number[]): boolean => {
    if (calls.every(({ steps }, index) => done[index] === steps.length)) return same(stored, after);
    const place = `${done.join()} ${canonical(stored)}`;
    if (hopeless.has(place)) return false;
    for (const [index, { steps, answers }] of calls.entries()) {
      const next = done[index] ?? 0;
      const outcome = steps[next]?.(stored);
      if (outcome === undefined || !same(outcome[0], answers[next])) continue;
      if (search(outcome[1], done.with(index, next + 1))) return true;
    }
    hopeless.add(place);
    return false;
  };
  return search(
    before,
    calls.map(() => 0),
  );
}

function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
}
