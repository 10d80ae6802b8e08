/** Where it is not known for sure how Slack behaves: each way it could be, to be chosen by name. */

/** Every switch with its values; the first is the default. */
export const SLACK_SWITCHES = {
  /** Whether calls are counted; `slack_without_bursts` forgives nothing above the published numbers. */
  rateLimits: ['off', 'slack', 'slack_without_bursts'],
  /** Apps that are sold outside Slack's Marketplace read one page of 15 messages a minute. */
  historyAccess: ['full', 'sold_outside_marketplace'],
  /** The body of a 429: Slack's usual object, or nothing that could be parsed. */
  rateLimitedBody: ['json', 'empty'],
  /** The `view.state` of a block_suggestion: as the view was when it opened, missing, or as it is now. */
  suggestionState: ['at_open', 'absent', 'current'],
  /** `container` in a block_suggestion. */
  suggestionContainer: ['present', 'absent'],
  /** `state` in the block_actions of a message. */
  messageState: ['present', 'absent'],
  /** `metadata` in the message that block_actions bring. */
  messageMetadata: ['present', 'absent'],
  /** `message` in the block_actions of an ephemeral message. */
  ephemeralMessage: ['absent', 'present'],
  /** `enterprise` in interactions of a workspace that belongs to no organisation. */
  enterprise: ['null', 'absent'],
  /** `bot_id` and `app_installed_team_id` of a view. */
  viewOwner: ['present', 'absent'],
  /** How many characters an external select waits for when it does not say. */
  minQueryLength: [3, 1],
  /** `response_urls` of a submit, for a menu with `response_url_enabled`. */
  chosenConversationUrl: ['present', 'absent'],
  /** `url` in the answer of auth.test. */
  authTestUrl: ['present', 'absent'],
  /** `bot_id` in the answer of auth.test. */
  authTestBotId: ['present', 'absent'],
  /** What chat.update with a text and no `blocks` does to the blocks that are there. */
  updateWithTextAlone: ['drops_blocks', 'keeps_blocks'],
  /** What users.info says of a deleted user. */
  deletedUser: ['few_fields', 'all_fields'],
  /** What users.info says of somebody of another workspace, met through Slack Connect. */
  stranger: ['flagged', 'unflagged', 'not_found'],
  /** `user.team_id` in the interactions of such a person. */
  strangerTeam: ['own', 'absent'],
  /** How a response URL that is used up or expired refuses. */
  spentResponseUrl: ['http_404', 'ok_false'],
  /** What the eleventh connection of Socket Mode leads to: it is sent away, or the oldest one is. */
  eleventhConnection: ['newest_sent_away', 'oldest_sent_away'],
  /** Which of several connections brings the next envelope. */
  socketChoice: ['in_turn', 'newest', 'oldest'],
  /** The `envelope_id` of an event that Socket Mode delivers again. */
  redeliveredEnvelope: ['new_id', 'same_id'],
} as const satisfies Record<string, readonly [string | number, ...(string | number)[]]>;

type Values = typeof SLACK_SWITCHES;

export type SlackSwitchName = keyof Values;

/** One value for each switch; may be changed while the local Slack runs. */
export type SlackSwitches = { -readonly [Name in SlackSwitchName]: Values[Name][number] };

export function slackSwitches(chosen: Partial<SlackSwitches> = {}): SlackSwitches {
  const usual = Object.fromEntries(Object.entries(SLACK_SWITCHES).map(([name, [first]]) => [name, first]));
  return { ...(usual as SlackSwitches), ...chosen };
}
