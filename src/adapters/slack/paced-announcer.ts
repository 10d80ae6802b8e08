/** An announcer that slows down when Slack says so: what has to wait is sent later, cards and results before the rest. */
import type { Announcer, Rendered, SendResult } from '../../application/ports/announcer.ts';
import type { Log } from '../../application/ports/log.ts';
import type { Lane, Pace, Urgency } from '../../application/ports/pace.ts';
import { precedenceOf } from '../../application/precedence.ts';
import { cardAt, type Outgoing, type RequestRecord } from '../../application/record.ts';

/**
 * Slack takes one message a second in a channel, 50 chat.update a minute (tier 3) and 100 chat.postEphemeral (tier 4), and
 * forgives bursts of a size that it does not tell. So nothing is slowed down before it has answered 429.
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
const POSTS_SPACING_MS = 1_000;
const UPDATES: Lane = { name: 'update', spacingMs: 1_200 };
const EPHEMERAL: Lane = { name: 'ephemeral', spacingMs: 600 };

export function paced(announcer: Announcer, pace: Pace, log: Log): Announcer {
  async function inTurn<R extends { readonly kind: string }>(
    lane: Lane,
    key: string,
    urgency: Urgency,
    call: () => Promise<R>,
  ): Promise<R | Extract<SendResult, { kind: 'busy' }>> {
    const waitMs = await pace.ask(lane, key, urgency).catch((error: unknown) => {
      // Slack says so itself when it is too fast.
      log.warn({ lane: lane.name, error }, 'no pace to keep to');
      return 0;
    });
    if (waitMs > 0) return { kind: 'busy', error: 'others_first', afterMs: waitMs };
    const result = await call();
    if (isBusy(result)) {
      await pace
        .hold(lane, result.afterMs)
        .catch((error: unknown) => log.warn({ lane: lane.name, error }, 'lane not held'));
    }
    return result;
  }

  return {
    render: announcer.render.bind(announcer),
    find: announcer.find.bind(announcer),
    permalink: announcer.permalink.bind(announcer),
    canPost: announcer.canPost.bind(announcer),

    async send(outgoing: Outgoing, record: RequestRecord, rendered: Rendered) {
      const send = () => announcer.send(outgoing, record, rendered);
      const lane = laneOf(outgoing, record);
      const key = `${record.request.id}:${outgoing.key}`;
      return lane === undefined ? await send() : await inTurn(lane, key, urgencyOf(outgoing), send);
    },

    update: (at, rendered) => inTurn(UPDATES, `${at.channel}:${at.ts}`, 'urgent', () => announcer.update(at, rendered)),
  };
}

function isBusy(result: { readonly kind: string }): result is Extract<SendResult, { kind: 'busy' }> {
  return result.kind === 'busy';
}

/** A response URL is nobody else's, and has no rate. */
function laneOf({ to }: Outgoing, record: RequestRecord): Lane | undefined {
  switch (to.kind) {
    case 'channel':
      return postsTo(to.channel);
    case 'person':
      return postsTo(to.user);
    case 'card-thread': {
      const channel = cardAt(record)?.channel;
      return channel === undefined ? undefined : postsTo(channel);
    }
    case 'ephemeral':
      return to.responseUrl === undefined ? EPHEMERAL : undefined;
  }
}

function postsTo(conversation: string): Lane {
  return { name: `post:${conversation}`, spacingMs: POSTS_SPACING_MS };
}

function urgencyOf({ about }: Outgoing): Urgency {
  return precedenceOf(about) === 'can-wait' ? 'can-wait' : 'urgent';
}
