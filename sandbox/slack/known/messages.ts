/** The limits of messages, and what becomes of what is sent. */
import type { CoverageEntry } from '../../coverage.ts';

export const MESSAGE_COVERAGE: readonly CoverageEntry[] = [
  {
    id: 'escaped-before-counted',
    what: 'Slack escapes & < > before it counts the characters of a text.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "section text 3000, escaped first"',
    certainty: 'recall',
    note: 'The stricter of what could be: what fits here fits either way.',
  },
  {
    id: 'message-blocks',
    what: '50 blocks in a message, each with the limits of Block Kit: a section of 3,000 characters, 10 fields, 25 buttons, and so on.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "50 blocks"',
    certainty: 'read',
  },
  {
    id: 'blocks-together',
    what: 'All blocks of a message together: 13,200 characters, else msg_blocks_too_long.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "13,200 characters in all blocks together"',
    certainty: 'recall',
    note: 'About so many: Slack’s pages do not give the number.',
  },
  {
    id: 'text-length',
    what: 'The text of a message: 40,000 characters, and not empty where there are no blocks.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "text: 40,000 characters, and not empty"',
    certainty: 'read',
  },
  {
    id: 'error-words',
    what: 'A refusal of blocks says where and why, with a JSON pointer.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "speaks as Slack does"',
    certainty: 'recall',
    note: 'The bot shows these words to nobody.',
  },
  {
    id: 'option-value',
    what: 'The value of an option: 75 characters.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "options: 100, each 75 characters"',
    certainty: 'read',
    note: 'Slack’s pages now say 150; what fits here fits there.',
  },
  {
    id: 'block-types',
    what: 'Blocks that are safe on every surface; newer ones are refused.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "a known block type"',
    certainty: 'read',
    note: 'On purpose: an approval must be readable on every client.',
  },
  {
    id: 'metadata-shape',
    what: 'Metadata has an event_type and an event_payload.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "metadata has a type and a payload"',
    certainty: 'read',
  },
  {
    id: 'metadata-size',
    what: 'Metadata that is too large is refused with metadata_too_large.',
    done: true,
    testedBy: 'test/sandbox/slack/limits.test.ts "metadata is 8,000 bytes at most"',
    certainty: 'read',
    note: 'From which size on is not known; 8,000 bytes here, and the bot’s has some 100.',
  },
  {
    id: 'message-ts',
    what: 'The ts of a message is unique in its channel, and later ones are greater.',
    done: true,
    testedBy:
      'test/sandbox/slack/seed.test.ts "gives each message a later timestamp, even when the clock stands still"',
    certainty: 'read',
  },
];
