/** What goes wrong between the bot and Slack for one request, set up as its form is sent. */
import type { Fault, FaultKind } from '../../sandbox/slack/faults.ts';
import type { Json } from '../../sandbox/slack/model.ts';
import type { Ground } from './ground.ts';
import type { Life, Plan, SlackFault } from './types.ts';

/** Past the bot's own patience with an update, so that it lands after the next one. */
const LANDS_LATE_MS = 7_000;

interface Held {
  readonly fault: Fault;
  heldSince?: number;
}

const late = new WeakMap<Ground, Held[]>();
const silent = new WeakMap<Ground, Fault[]>();

export function armSlack({ plan }: Life, id: string, { ground }: { readonly ground: Ground }): void {
  if (plan.slack !== undefined) arm(plan.slack, plan, id, ground);
}

function arm(name: SlackFault, plan: Plan, id: string, ground: Ground): void {
  const add = (method: string, kind: FaultKind, when: 'before' | 'after', message?: string) =>
    ground.slack.faults.add({ method, when, matching: (args) => isAbout(args, id, message), ...kind });
  const when = plan.late ? 'after' : 'before';

  switch (name) {
    case '429 with Retry-After':
      add(plan.late ? 'chat.update' : 'chat.postMessage', { kind: 'rate_limited', retryAfterS: 1 }, 'before');
      return;
    case '500':
      add(plan.index % 2 === 0 ? 'chat.postMessage' : 'chat.update', { kind: 'server_error' }, when);
      return;
    case 'timeout':
      // One that never takes effect, or has: what Slack does long after it was given up is another fault.
      silent.set(ground, [...(silent.get(ground) ?? []), add('chat.postMessage', { kind: 'hang' }, when)]);
      return;
    case 'post whose reply is lost':
      add('chat.postMessage', { kind: 'reset' }, 'after', ['card', 'result', undefined][plan.index % 3]);
      return;
    case 'update that lands late':
      late.set(ground, [...(late.get(ground) ?? []), { fault: add('chat.update', { kind: 'hang' }, 'before') }]);
      return;
    case 'invalid_blocks':
      add(plan.late ? 'chat.update' : 'chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 'before');
      return;
    case 'channel_not_found':
    case 'not_in_channel':
    case 'is_archived':
      add('chat.postMessage', { kind: 'error', error: name }, 'before', 'result');
      return;
    case 'message_not_found':
    case 'outage of everything':
      return;
  }
}

/** Lets updates land that have hung for long enough. */
export function landLateUpdates(ground: Ground, afterMs = LANDS_LATE_MS): void {
  const held = late.get(ground) ?? [];
  for (const each of held) {
    if (each.fault.holding === 0) continue;
    each.heldSince ??= Date.now();
    if (Date.now() - each.heldSince >= afterMs) each.fault.release();
  }
}

/** How many updates hang at the moment. */
export function updatesInTheAir(ground: Ground): number {
  return (late.get(ground) ?? []).reduce((sum, { fault }) => sum + fault.holding, 0);
}

/** How many posts got no answer, and never will. */
export function unansweredPosts(ground: Ground): number {
  return (silent.get(ground) ?? []).reduce((sum, { holding }) => sum + holding, 0);
}

function isAbout({ metadata }: Json, id: string, message: string | undefined): boolean {
  const payload = (metadata as { event_payload?: Json } | undefined)?.event_payload;
  return payload?.request_id === id && (message === undefined || payload.message === message);
}
