/** Modals and Home: the methods and the limits. */
import type { CoverageEntry } from '../../coverage.ts';

export const VIEW_COVERAGE: readonly CoverageEntry[] = [
  {
    id: 'views.open',
    what: 'Opens a modal with a trigger.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "what is filled in from the start counts; what is missing is refused before the bot hears of it"',
    certainty: 'read',
  },
  {
    id: 'views.push',
    what: 'Puts a modal on top of another.',
    done: true,
    testedBy: 'test/sandbox/slack/views.test.ts "a stack holds three, and closing tells those who asked"',
    certainty: 'read',
  },
  {
    id: 'views.update',
    what: 'Changes an open view, named by its id or its external_id.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "an update needs the right hash and an open view, and keeps what was filled in"',
    certainty: 'read',
  },
  {
    id: 'views.publish',
    what: 'Shows the Home tab of one person.',
    done: true,
    testedBy: 'test/sandbox/slack/views.test.ts "Home"',
    certainty: 'read',
  },
  {
    id: 'view-limits',
    what: '100 blocks in a view, 24 characters in its title and buttons, 3,000 in private_metadata, 255 in callback_id.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "private_metadata 3000"',
    certainty: 'read',
  },
  {
    id: 'view-size',
    what: '250 kB in a view.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "is 250 kB at most"',
    certainty: 'read',
  },
  {
    id: 'view-fields',
    what: 'A field that Slack does not know is refused, submit_disabled in a modal for one.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "has no fields that Slack does not know"',
    certainty: 'read',
  },
  {
    id: 'view-submit-required',
    what: 'A modal with inputs has a submit button.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "with inputs it has a submit button; and it has a title"',
    certainty: 'read',
  },
  {
    id: 'view-hash',
    what: 'An update with an old hash is hash_conflict.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "an update needs the right hash and an open view, and keeps what was filled in"',
    certainty: 'read',
  },
  {
    id: 'view-keeps-values',
    what: 'An update keeps what was filled in under the same block_id and action_id; a new initial value does not replace it.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "an update needs the right hash and an open view, and keeps what was filled in"',
    certainty: 'read',
    note: 'slackapi/bolt-js #290.',
  },
  {
    id: 'view-stack',
    what: 'Three modals on top of each other at most, also by an answer to a submit.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "an answer with a view that Slack would refuse leaves the person with a warning"',
    certainty: 'read',
  },
  {
    id: 'view-external-id',
    what: 'An external_id names one open view.',
    done: true,
    testedBy: 'test/sandbox/slack/views.test.ts "an external_id names one open view, also in the answer to a submit"',
    certainty: 'read',
  },
  {
    id: 'open-replaces-stack',
    what: 'views.open closes the modals that the person has open.',
    done: true,
    testedBy:
      'test/sandbox/slack/views.test.ts "what is filled in from the start counts; what is missing is refused before the bot hears of it"',
    certainty: 'infer',
    note: 'The bot opens a modal from a command or a message only, where none of its own is open.',
  },
  {
    id: 'view-owner',
    what: 'A view names the bot and the workspace that it belongs to.',
    done: true,
    testedBy: 'test/sandbox/slack/switches.test.ts "may come without response URLs and without the owner of the view"',
    certainty: 'recall',
    switch: 'viewOwner',
  },
  {
    id: 'modal-only-blocks',
    what: 'The block types that are allowed in modals only, alert for one.',
    done: false,
    testedBy: '',
    certainty: 'read',
    note: 'The bot does not use them.',
  },
];
