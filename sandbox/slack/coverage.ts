/** What the local Slack knows of Slack: every method and behaviour that matters to the bot. */
import type { CoverageEntry } from '../coverage.ts';
import { READ_COVERAGE } from './known/channels-and-people.ts';
import { FORM_COVERAGE } from './known/clicks-and-forms.ts';
import { ENTRANCE_COVERAGE } from './known/entrances.ts';
import { EVENT_COVERAGE } from './known/events-and-sockets.ts';
import { MESSAGE_COVERAGE } from './known/messages.ts';
import { RATE_COVERAGE } from './known/rates-and-trouble.ts';
import { POST_COVERAGE } from './known/tokens-and-posts.ts';
import { VIEW_COVERAGE } from './known/views.ts';

export const SLACK_COVERAGE: readonly CoverageEntry[] = [
  ...POST_COVERAGE,
  ...READ_COVERAGE,
  ...MESSAGE_COVERAGE,
  ...VIEW_COVERAGE,
  ...ENTRANCE_COVERAGE,
  ...FORM_COVERAGE,
  ...EVENT_COVERAGE,
  ...RATE_COVERAGE,
];
