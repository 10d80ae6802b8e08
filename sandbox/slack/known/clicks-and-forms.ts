/** Clicks, searches and submits: what Slack sends, and what it makes of the answers. */
import type { CoverageEntry } from '../../coverage.ts';

export const FORM_COVERAGE: readonly CoverageEntry[] = [
  {
    id: 'block-actions',
    what: 'A click brings the message, where it is, the button’s value, a trigger_id and a response_url.',
    done: true,
    testedBy: 'test/sandbox/slack/buttons-and-events.test.ts "bring the message, its metadata and where it is"',
    certainty: 'read',
  },
  {
    id: 'double-click',
    what: 'Two clicks are two interactions, and a client that has not heard of an update can click what it still shows.',
    done: true,
    testedBy:
      'test/sandbox/slack/buttons-and-events.test.ts "a client that missed the update can still click what it shows"',
    certainty: 'run',
    note: 'Bolt runs the listener twice.',
  },
  {
    id: 'click-metadata',
    what: 'The message of a click brings its metadata.',
    done: true,
    testedBy: 'test/sandbox/slack/switches.test.ts "may come without state, metadata or enterprise"',
    certainty: 'recall',
    switch: 'messageMetadata',
  },
  {
    id: 'click-state',
    what: 'A click in a message brings the state of its inputs.',
    done: true,
    testedBy: 'test/sandbox/slack/switches.test.ts "may come without state, metadata or enterprise"',
    certainty: 'recall',
    switch: 'messageState',
  },
  {
    id: 'click-in-ephemeral',
    what: 'A click in an ephemeral message does not bring the message.',
    done: true,
    testedBy: 'test/sandbox/slack/switches.test.ts "in an ephemeral message may bring the message"',
    certainty: 'recall',
    switch: 'ephemeralMessage',
  },
  {
    id: 'enterprise-field',
    what: 'Without an organisation, enterprise is null.',
    done: true,
    testedBy: 'test/sandbox/slack/switches.test.ts "may come without state, metadata or enterprise"',
    certainty: 'recall',
    switch: 'enterprise',
  },
  {
    id: 'enterprise-grid',
    what: 'Organisations with several workspaces, and apps installed for all of them.',
    done: false,
    testedBy: '',
    certainty: 'read',
    note: 'The bot is installed in one workspace.',
  },
  {
    id: 'stranger-team',
    what: 'Somebody of another workspace clicks with their own team_id, in our team.',
    done: true,
    testedBy:
      'test/sandbox/slack/switches.test.ts "of somebody from another workspace names their own workspace, or none"',
    certainty: 'recall',
    switch: 'strangerTeam',
  },
  {
    id: 'suggestion-state',
    what: 'The view of a block_suggestion has the state from when it opened: later picks are not in it.',
    done: true,
    testedBy:
      'test/sandbox/slack/switches.test.ts "brings the state as it was when the view opened, as it is now, or none"',
    certainty: 'read',
    note: 'slackapi/bolt-js #1146 and slackapi/java-slack-sdk #1292, both open: stale for some, missing for others.',
    switch: 'suggestionState',
  },
  {
    id: 'suggestion-container',
    what: 'A block_suggestion names its container.',
    done: true,
    testedBy: 'test/sandbox/slack/switches.test.ts "may come without a container"',
    certainty: 'recall',
    switch: 'suggestionContainer',
  },
  {
    id: 'suggestion-answer',
    what: 'A block_suggestion is answered with 100 options at most.',
    done: true,
    testedBy: 'test/sandbox/slack/views.test.ts "options that Slack would not show are a protocol error"',
    certainty: 'read',
  },
  {
    id: 'min-query-length',
    what: 'An external select that does not say waits for three characters.',
    done: true,
    testedBy: 'test/sandbox/slack/switches.test.ts "waits for three characters when the menu does not say, or for one"',
    certainty: 'recall',
    switch: 'minQueryLength',
  },
  {
    id: 'submit-checked-first',
    what: 'Slack’s client refuses a submit with a required input empty, or a text too long or too short; the bot does not hear of it.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "what is filled in from the start counts; what is missing is refused before the bot hears of it"',
    certainty: 'read',
  },
  {
    id: 'response-actions',
    what: 'A submit is answered with errors, update, push, clear, or nothing.',
    done: true,
    testedBy: 'test/sandbox/slack/views.test.ts "a submit is answered with errors, an update, a push, a clear"',
    certainty: 'read',
  },
  {
    id: 'errors-name-inputs',
    what: 'Errors name block_ids of inputs of the view; with another one the person sees that something went wrong.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "errors name only inputs of the view"',
    certainty: 'read',
    note: 'slackapi/bolt-python #922.',
  },
  {
    id: 'answered-view-limits',
    what: 'A view in the answer to a submit has the limits of every view; a wrong one leaves the person with a warning.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "an answer with a view that Slack would refuse leaves the person with a warning"',
    certainty: 'read',
  },
  {
    id: 'view-closed',
    what: 'Closing a modal tells the bot when notify_on_close is set.',
    done: true,
    testedBy: 'test/sandbox/slack/views.test.ts "a stack holds three, and closing tells those who asked"',
    certainty: 'read',
  },
  {
    id: 'conversation-menu',
    what: 'A conversation menu lists what the person can see and the filter lets through.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "a conversation menu lists what the person can see and the filter lets through"',
    certainty: 'read',
  },
];
