/** The store of requests: one inbox and one record each, changed by one atomic commit. */
import type { Holder } from '../../domain/decision.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { InboxEntry } from '../inbox.ts';
import type { Indexing, IndexName } from '../indexes.ts';
import type { AuditEntry, RequestRecord } from '../record.ts';

/** What a run starts a round from. */
export interface Loaded {
  /** 0 while there is no record. */
  readonly version: number;
  readonly record: RequestRecord | undefined;
  /** In order of arrival. */
  readonly inbox: readonly InboxEntry[];
}

export interface Commit {
  readonly id: RequestId;
  /** Unique per commit: the same script may be sent twice by the client, and takes effect once. */
  readonly commitId: string;
  readonly expectedVersion: number;
  /** Absent: only `due` is written. */
  readonly record?: RequestRecord;
  readonly audit: readonly AuditEntry[];
  /** How many inbox entries, from the front, are taken by it. */
  readonly inboxTaken: number;
  /** `Moment.now` time at which the request wants to be woken; absent: never. */
  readonly due?: number;
  readonly now: number;
  /** Names to hold from now on; each is held by one request at most. */
  readonly hold: readonly string[];
  readonly release: readonly string[];
  /** The lists that the request is to be found in from now on; absent: they stay as they are. */
  readonly index?: Indexing;
}

export type CommitResult =
  | { readonly kind: 'committed'; readonly version: number }
  /** Somebody else committed since the load: load again and decide again. */
  | { readonly kind: 'stale' }
  /** Nothing was written: another request holds this name. */
  | { readonly kind: 'taken'; readonly name: string; readonly by: RequestId };

/**
 * What is stored of a request can't be read, and is left as it is until somebody mends it. The message names the place
 * and quotes nothing.
 */
export class UnreadableRequest extends Error {
  override readonly name: string = 'UnreadableRequest';
}

/**
 * Where Redis has replicas, what none of them has can be forgotten by a failover: it counts for nothing yet. It may have
 * taken effect all the same, and may count later.
 */
export class UnconfirmedWrite extends Error {
  override readonly name = 'UnconfirmedWrite';
}

export type Received = 'received' | 'seen-before' | 'no-such-request';

/**
 * Every method rejects when Redis is away or slow; a rejected write may have taken effect all the same. What `receive`,
 * `load` and `commit` answer can't be forgotten any more: where there are replicas, one of them has it. So whatever
 * follows from an answer of theirs may be done.
 */
export interface Requests {
  /**
   * Stores a command durably, once per command id. Only a submit may be for a request that has no record yet.
   * @throws {UnreadableRequest} and stores nothing: nobody could decide it.
   * @throws {UnconfirmedWrite} within the time of an ack.
   */
  receive(id: RequestId, entry: InboxEntry): Promise<Received>;
  /**
   * @throws {UnreadableRequest}
   * @throws {UnconfirmedWrite} what is there was not confirmed when it was written, and still is not.
   */
  load(id: RequestId): Promise<Loaded>;
  /** Whether there is anything new, for a fraction of what a load costs. */
  peek(id: RequestId): Promise<{ readonly version: number; readonly waiting: number }>;
  /**
   * The same commit id is answered again, without effect, and is confirmed as the first time.
   * @throws {UnconfirmedWrite} after about 5 s.
   */
  commit(commit: Commit): Promise<CommitResult>;
  /** Who holds these names; a name that nobody holds is absent. */
  holders(names: readonly string[]): Promise<ReadonlyMap<string, Holder['request']>>;
  /** The requests in a list, oldest or newest first, at most `limit`. */
  list(index: IndexName, order: { readonly newest: boolean; readonly limit: number }): Promise<readonly RequestId[]>;
  /** In this order, for looking only. What can't be read, or is not there, is left out; the log says so. */
  read(ids: readonly RequestId[]): Promise<readonly RequestRecord[]>;
  /** The requests that are due at `now`, at most `limit`; each is put off by `deferMs`, in case nobody gets to it. */
  takeDue(now: number, deferMs: number, limit: number): Promise<readonly RequestId[]>;
  /** Leaves a request alone until `at`, if it is due at all. */
  putOff(id: RequestId, at: number): Promise<void>;
  /** A request's audit trail, oldest first. */
  history(id: RequestId): Promise<readonly AuditEntry[]>;
}
