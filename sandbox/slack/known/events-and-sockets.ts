/** Events, and everything over Socket Mode. */
import type { CoverageEntry } from '../../coverage.ts';

export const EVENT_COVERAGE: readonly CoverageEntry[] = [
  {
    id: 'app-home-opened',
    what: 'Opening the Home tab is an event, which brings the view that was published before.',
    done: true,
    testedBy: 'test/sandbox/slack/views.test.ts "Home"',
    certainty: 'read',
  },
  {
    id: 'home-changes',
    what: 'A Home that is published again changes under the eyes of whoever looks at it, buttons and all.',
    done: true,
    testedBy: 'test/sandbox/slack/home.test.ts "changes while somebody looks at it, and only theirs"',
    certainty: 'read',
  },
  {
    id: 'event-retries',
    what: 'An event that is not taken comes up to three times more, with x-slack-retry-num and x-slack-retry-reason.',
    done: true,
    testedBy: 'test/sandbox/slack/buttons-and-events.test.ts "come again until they are taken, and say so"',
    certainty: 'read',
  },
  {
    id: 'event-no-retry',
    what: 'The header x-slack-no-retry keeps an event from coming again.',
    done: true,
    testedBy:
      'test/sandbox/slack/buttons-and-events.test.ts "say why they come again, and stay away when the bot asks for it"',
    certainty: 'read',
  },
  {
    id: 'event-disabling',
    what: 'Slack turns off the events of an app that fails for an hour.',
    done: false,
    testedBy: '',
    certainty: 'read',
    note: 'It takes an hour of failures, and nothing comes of it in a test.',
  },
  {
    id: 'socket-envelopes',
    what: 'Socket Mode brings the same payloads in envelopes, answered by their id.',
    done: true,
    testedBy:
      'test/sandbox/slack/socket-mode.test.ts "bring commands, interactions and events, as Slack’s own client reads them"',
    certainty: 'run',
  },
  {
    id: 'socket-any-connection',
    what: 'Each envelope goes to any one of the connections.',
    done: true,
    testedBy: 'test/sandbox/slack/socket-mode.test.ts "go to the newest or the oldest connection, when told so"',
    certainty: 'read',
    switch: 'socketChoice',
  },
  {
    id: 'socket-ten-connections',
    what: 'An app has ten connections at most.',
    done: true,
    testedBy: 'test/sandbox/slack/socket-mode.test.ts "is one of ten"',
    certainty: 'read',
  },
  {
    id: 'socket-eleventh',
    what: 'The eleventh connection is told too_many_websockets and closed.',
    done: true,
    testedBy: 'test/sandbox/slack/socket-mode.test.ts "is one of ten, of which the oldest may have to go instead"',
    certainty: 'recall',
    switch: 'eleventhConnection',
  },
  {
    id: 'socket-disconnect',
    what: 'Slack replaces connections, by a warning some ten seconds before, or at once with refresh_requested.',
    done: true,
    testedBy: 'test/sandbox/slack/socket-mode.test.ts "is announced: after a warning things still come"',
    certainty: 'read',
  },
  {
    id: 'socket-link-disabled',
    what: 'With Socket Mode turned off, the connections end with link_disabled.',
    done: true,
    testedBy: 'test/sandbox/slack/socket-mode.test.ts "is also what comes when Socket Mode is turned off"',
    certainty: 'read',
  },
  {
    id: 'socket-envelope-again',
    what: 'An event that comes again over Socket Mode has an envelope of its own.',
    done: true,
    testedBy: 'test/sandbox/slack/socket-mode.test.ts "of an event that comes again have a new id, or the same"',
    certainty: 'unknown',
    switch: 'redeliveredEnvelope',
  },
];
