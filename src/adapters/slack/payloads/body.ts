/** What Slack delivers, over HTTP or a socket: what kind of delivery it is, judged before Bolt sees it. */
import { z } from 'zod';

/** What to do with a body. `deliver` holds the delivery as JSON, so that what was judged is what is handed on. */
export type Body =
  | { readonly kind: 'deliver'; readonly json: string }
  | { readonly kind: 'challenge'; readonly challenge: string }
  /** Nothing here listens to it; Slack only wants to hear that it came. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'malformed' };

const user = z.looseObject({ id: z.string().min(1) });
const team = z.looseObject({ id: z.string().min(1) }).nullish();
const view = z.looseObject({
  id: z.string(),
  callback_id: z.string(),
  private_metadata: z.string(),
  state: z.looseObject({ values: z.looseObject({}) }).optional(),
});
const action = z.looseObject({ type: z.string(), action_id: z.string(), action_ts: z.string().optional() });

const interaction = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('block_actions'), user, team, actions: z.array(action).min(1) }),
  z.looseObject({ type: z.literal('block_suggestion'), user, team, action_id: z.string(), value: z.string() }),
  z.looseObject({ type: z.literal('view_submission'), user, team, view }),
  z.looseObject({ type: z.literal('view_closed'), user, team, view }),
]);
const LISTENED = new Set(['block_actions', 'block_suggestion', 'view_submission', 'view_closed']);

const command = z.looseObject({
  command: z.string().regex(/^\/./),
  text: z.string().optional(),
  user_id: z.string().min(1),
  team_id: z.string().min(1),
  channel_id: z.string().min(1),
  response_url: z.string(),
  trigger_id: z.string(),
});

const typed = z.looseObject({ type: z.string() });
const challenge = z.looseObject({ type: z.literal('url_verification'), challenge: z.string() });
const event = z.looseObject({
  type: z.literal('event_callback'),
  event: z.looseObject({ type: z.string() }),
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
  return command.safeParse(fields).success ? { kind: 'deliver', json: JSON.stringify(fields) } : MALFORMED;
}

export function judgeInteraction(payload: unknown): Body {
  const { data } = typed.safeParse(payload);
  if (data === undefined) return MALFORMED;
  if (!LISTENED.has(data.type)) return NOTHING;
  return interaction.safeParse(payload).success ? { kind: 'deliver', json: JSON.stringify(payload) } : MALFORMED;
}

export function judgeEvent(body: unknown): Body {
  const { data } = typed.safeParse(body);
  if (data === undefined) return MALFORMED;
  if (data.type === 'url_verification') {
    const asked = challenge.safeParse(body);
    return asked.success ? { kind: 'challenge', challenge: asked.data.challenge } : MALFORMED;
  }
  if (data.type !== 'event_callback') return NOTHING;
  return event.safeParse(body).success ? { kind: 'deliver', json: JSON.stringify(body) } : MALFORMED;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
