/** What a Web API method is, and what it may use. */
import type { CallLog } from '../call-log.ts';
import type { Json } from '../model.ts';
import type { Tier } from '../rate-limits.ts';
import type { Triggers } from '../tickets.ts';
import { LIMITS } from '../validate/limits.ts';
import type { Refusal } from '../validate/message.ts';
import type { Workspace } from '../workspace.ts';

export type MethodContext = {
  workspace: Workspace;
  triggers: Triggers;
  log: CallLog;
  /** Only in Socket Mode: an address that is good for one connection. */
  newSocketUrl?: () => string;
};

export type Method = {
  /** Any one of these lets the call through, when scopes are enforced; none: always allowed. */
  scopes: readonly string[];
  /** What this call needs besides, by what it is about: every one of these. */
  needs?: (args: Json, context: MethodContext) => readonly string[];
  tier: Tier;
  /** Whose token it wants; the bot's, unless told otherwise. */
  token?: 'app';
  run: (args: Json, context: MethodContext) => Json | Refusal;
};

export const fail = (error: string): Refusal => ({ error });

export const isRefusal = (answer: Json | Refusal): answer is Refusal => typeof answer.error === 'string';

/** Forms carry booleans as words. */
export const flag = (value: unknown): boolean => value === true || value === 'true' || value === '1' || value === 1;

/** A page of `items`, by Slack's limit and cursor; never more than `most`. */
export function page<T>(
  items: T[],
  args: Json,
  standard: number,
  most: number = LIMITS.page,
): { items: T[]; next: string } {
  const asked = Number(args.limit ?? standard);
  const limit = Math.min(Math.max(Number.isFinite(asked) ? asked : standard, 1), most);
  const cursor = typeof args.cursor === 'string' ? args.cursor : '';
  const from = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('from:', '')) || 0;
  const next = from + limit < items.length ? Buffer.from(`from:${from + limit}`).toString('base64') : '';
  return { items: items.slice(from, from + limit), next };
}
