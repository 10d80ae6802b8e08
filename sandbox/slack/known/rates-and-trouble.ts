/** How often methods may be called, and what can go wrong on the way. */
import type { CoverageEntry } from '../../coverage.ts';

export const RATE_COVERAGE: readonly CoverageEntry[] = [
  {
    id: 'rate-tiers',
    what: '1, 20, 50 or 100 calls of a method a minute, by tier; above that 429 with Retry-After.',
    done: true,
    testedBy:
      'test/sandbox/slack/rate-limits.test.ts "say in whole seconds when to come back, as the official client reads it"',
    certainty: 'read',
    note: 'How Slack counts within the minute is not known; here the calls are refilled evenly.',
    switch: 'rateLimits',
  },
  {
    id: 'rate-posting',
    what: 'About one message a second in each channel, short bursts forgiven.',
    done: true,
    testedBy:
      'test/sandbox/slack/rate-limits.test.ts "of posts: one a second in a channel, after a short burst, and each channel by itself"',
    certainty: 'read',
    note: 'How long a burst may be is not known; five here, or none.',
    switch: 'rateLimits',
  },
  {
    id: 'rate-ephemeral',
    what: 'chat.postEphemeral is limited as chat.postMessage is.',
    done: true,
    testedBy: 'test/sandbox/slack/rate-limits.test.ts "of ephemeral messages are as those of posts"',
    certainty: 'infer',
    note: 'The stricter of what could be: Slack’s page names a tier without a limit for each channel.',
  },
  {
    id: 'rate-limited-body',
    what: 'A 429 has a JSON body with ok: false.',
    done: true,
    testedBy: 'test/sandbox/slack/rate-limits.test.ts "may refuse without a body"',
    certainty: 'recall',
    switch: 'rateLimitedBody',
  },
  {
    id: 'retry-after-seconds',
    what: 'Retry-After is in whole seconds.',
    done: true,
    testedBy:
      'test/sandbox/slack/rate-limits.test.ts "say in whole seconds when to come back, as the official client reads it"',
    certainty: 'read',
  },
  {
    id: 'trouble-on-demand',
    what: 'Calls that time out, break, fail or succeed without an answer.',
    done: true,
    testedBy:
      'test/sandbox/slack/faults.test.ts "strike as often as they were told, before or after the call took effect"',
    certainty: 'run',
    note: 'Against Slack’s own client: with its retries on, a lost answer posts twice.',
  },
  {
    id: 'oauth.v2.access',
    what: 'Installs the app in a workspace.',
    done: false,
    testedBy: '',
    certainty: 'read',
    note: 'The bot serves one workspace, by its token.',
  },
  {
    id: 'files',
    what: 'Files, attachments and unfurling.',
    done: false,
    testedBy: '',
    certainty: 'read',
    note: 'The bot posts blocks and text only.',
  },
];
