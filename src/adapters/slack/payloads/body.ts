/** What Slack delivers, over HTTP or a socket: what kind of delivery it is, judged before Bolt sees it. */
import * as z from 'zod';
import { clickPayload } from './click.ts';
import { commandPayload } from './command.ts';
import { shortcutPayload } from './shortcut.ts';
import { slackId } from './slack-id.ts';
import { submissionPayload } from './submission.ts';
import { suggestionPayload } from './suggestion.ts';

/** What to do with a body. What is delivered is what was judged, and nothing else: a listener can read all of it. */
export type Body =
  | { readonly kind: 'deliver'; readonly body: Readonly<Record<string, unknown>>; readonly json: string }
  | { readonly kind: 'challenge'; readonly challenge: string }
  /** Nothing here listens to it; Slack only wants to hear that it came. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'malformed' };

const team = z.looseObject({ id: slackId }).optional();
const viewed = z.looseObject({ callback_id: z.string().max(255), private_metadata: z.string() });

const interactions = {
  block_actions: clickPayload.extend({ type: z.literal('block_actions'), team }),
  block_suggestion: suggestionPayload.extend({ type: z.literal('block_suggestion'), team, action_id: z.string() }),
  view_submission: submissionPayload.extend({ type: z.literal('view_submission'), team }),
  view_closed: submissionPayload.extend({ type: z.literal('view_closed'), team }),
  shortcut: shortcutPayload.extend({ type: z.literal('shortcut'), team }),
} as const;

// Bolt tells the kinds apart by which fields are there, and takes a token out of one of them.
const OF_ALL = [
  ...['type', 'user', 'team', 'enterprise', 'is_enterprise_install', 'api_app_id', 'trigger_id', 'response_url'],
];
const OF_CLICKS = [...OF_ALL, 'channel', 'container', 'message', 'view', 'state', 'actions'];
const OF_SEARCHES = [...OF_ALL, 'container', 'view', 'action_id', 'block_id', 'value'];
const OF_SHORTCUTS = [...OF_ALL, 'callback_id'];
const OF_FORMS = [...OF_ALL, 'view', 'is_cleared'];
const OF_COMMANDS = [
  ...['command', 'text', 'user_id', 'user_name', 'team_id', 'team_domain', 'channel_id', 'channel_name'],
  ...['enterprise_id', 'is_enterprise_install', 'api_app_id', 'response_url', 'trigger_id'],
];
const OF_EVENTS = [
  ...['type', 'team_id', 'enterprise_id', 'api_app_id', 'authorizations', 'event', 'event_id', 'event_time'],
];

const typed = z.looseObject({ type: z.string() });
const challenge = z.looseObject({ type: z.literal('url_verification'), challenge: z.string() });
const idOrObject = z.union([z.string(), z.looseObject({})]).optional();
const event = z.looseObject({
  type: z.literal('event_callback'),
  team_id: slackId.optional(),
  authorizations: z.array(z.looseObject({})).optional(),
  // Bolt looks into these without looking at what they are.
  event: z.looseObject({
    type: z.string().max(255),
    user: idOrObject,
    channel: idOrObject,
    item: z.looseObject({}).optional(),
    subteam: z.looseObject({}).optional(),
  }),
});

const MALFORMED: Body = { kind: 'malformed' };
const NOTHING: Body = { kind: 'nothing' };

export function judgeBody(contentType: string, text: string): Body {
  // Slack says `; charset=UTF-8` at times, and it means the same.
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === 'application/json') return judgeEvent(parsed(text));
  return mediaType === 'application/x-www-form-urlencoded' ? judgeForm(text) : MALFORMED;
}

function judgeForm(text: string): Body {
  const fields = formFields(text);
  if (fields === undefined) return MALFORMED;
  if (fields.ssl_check === '1') return NOTHING;
  if (fields.payload !== undefined) return judgeInteraction(parsed(fields.payload));
  return judgeCommand(fields);
}

/** Undefined when a field is there twice (which one counts?) or is not UTF-8. */
function formFields(text: string): Record<string, string> | undefined {
  try {
    decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
  const entries = [...new URLSearchParams(text)];
  const fields = Object.fromEntries(entries);
  return Object.keys(fields).length === entries.length ? fields : undefined;
}

export function judgeCommand(fields: unknown): Body {
  return deliver(commandPayload, known(fields, OF_COMMANDS));
}

export function judgeInteraction(payload: unknown): Body {
  const { data } = typed.safeParse(payload);
  if (data === undefined) return MALFORMED;
  switch (data.type) {
    case 'block_actions':
      return deliver(interactions.block_actions, known(payload, OF_CLICKS));
    case 'block_suggestion':
      return deliver(interactions.block_suggestion, known(payload, OF_SEARCHES));
    case 'shortcut':
      return deliver(interactions.shortcut, known(payload, OF_SHORTCUTS));
    case 'view_submission':
    case 'view_closed': {
      const { success } = z.looseObject({ view: viewed }).safeParse(payload);
      return success ? deliver(interactions[data.type], known(payload, OF_FORMS)) : MALFORMED;
    }
  }
  return NOTHING;
}

export function judgeEvent(body: unknown): Body {
  const { data } = typed.safeParse(body);
  if (data === undefined) return MALFORMED;
  if (data.type === 'url_verification') {
    const asked = challenge.safeParse(body);
    return asked.success ? { kind: 'challenge', challenge: asked.data.challenge } : MALFORMED;
  }
  if (data.type !== 'event_callback') return NOTHING;
  const fields = known(body, OF_EVENTS);
  // Bolt leaves its ack to a listener, and there is none.
  if (typed.safeParse(fields.event).data?.type === 'function_executed') return NOTHING;
  return deliver(event, { ...fields, event: withoutNulls(fields.event) });
}

function deliver(schema: z.ZodType<Record<string, unknown>>, fields: Record<string, unknown>): Body {
  const { data: body } = schema.safeParse(fields);
  if (body === undefined) return MALFORMED;
  try {
    return { kind: 'deliver', body, json: JSON.stringify(body) };
  } catch {
    // Nested too deeply.
    return MALFORMED;
  }
}

/** Slack writes null where there is nothing, Bolt takes that for something. */
function known(payload: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof payload !== 'object' || payload === null) return {};
  const entries = new Map<string, unknown>(Object.entries(payload));
  return Object.fromEntries(
    names.map((name) => [name, entries.get(name) ?? undefined]).filter(([, value]) => value !== undefined),
  );
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
