/** The names of everything in Redis. One hash tag a workspace, so that each script touches one slot. */
import type { IndexName } from '../../application/indexes.ts';
import type { AccountName, RequestId, UserId } from '../../domain/ids.ts';

/** @param installation an enterprise or team id. */
export function workspaceKeys(installation: string) {
  const prefix = `{vpce:${installation}}`;
  return {
    record: (id: RequestId) => `${prefix}:request:${id}`,
    inbox: (id: RequestId) => `${prefix}:inbox:${id}`,
    seen: (id: RequestId) => `${prefix}:seen:${id}`,
    audit: (id: RequestId) => `${prefix}:audit:${id}`,
    held: (name: string) => `${prefix}:held:${name}`,
    picks: (viewId: string) => `${prefix}:picks:${viewId}`,
    index: (name: IndexName) => `${prefix}:index:${name}`,
    viewers: `${prefix}:viewers`,
    changes: `${prefix}:viewers:changes`,
    shownBy: (user: UserId) => `${prefix}:viewers:shown-by:${user}`,
    due: `${prefix}:due`,
    fence: `${prefix}:fence`,
    lane: (name: string) => {
      const lane = `${prefix}:lane:${name}`;
      return { lane, places: `${lane}:places`, waiting: `${lane}:waiting` };
    },
  };
}

/** Accounts are shared between workspaces, and lie in slots of their own. */
export function accountKeys(account: AccountName) {
  const prefix = `{vpce-account:${account}}`;
  return {
    slots: `${prefix}:slots`,
    waiting: `${prefix}:waiting`,
    asked: `${prefix}:asked`,
    last: `${prefix}:last`,
    halt: `${prefix}:halt`,
    turn: `${prefix}:turn`,
  };
}

/** BullMQ's own, so that nothing of it meets our scripts. */
export const JOBS_PREFIX = '{vpce-jobs}';
export const CLOCK_OFFSET_KEY = '{vpce-clock}:offset';
