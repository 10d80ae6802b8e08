/** The payloads of interactions, shaped as Slack shapes them. */
import { shownMessage } from '../methods/conversations.ts';
import { shownView } from '../modals.ts';
import type { Channel, Json, Message, User, Values, View } from '../model.ts';
import { APP_ID } from '../sample-workspace.ts';
import type { Workspace } from '../workspace.ts';

/** A verification token is long deprecated, and still sent. */
const TOKEN = 'local-verification-token';

const channelName = (channel: Channel): string =>
  channel.is_im ? 'directmessage' : channel.is_private ? 'privategroup' : channel.name;

function who(workspace: Workspace, user: User): Json {
  const { strangerTeam } = workspace.switches;
  const teamless = user.is_stranger && strangerTeam === 'absent';
  return {
    team: { id: workspace.team.id, domain: workspace.team.domain },
    user: {
      id: user.id,
      username: user.name,
      name: user.name,
      ...(teamless ? {} : { team_id: user.team_id }),
    },
    api_app_id: APP_ID,
    token: TOKEN,
  };
}

const install = ({ switches }: Workspace): Json => ({
  ...(switches.enterprise === 'null' ? { enterprise: null } : {}),
  is_enterprise_install: false,
});

export type CommandParts = { command: string; text: string; responseUrl: string; triggerId: string };

export function commandFields(
  workspace: Workspace,
  user: User,
  channel: Channel,
  parts: CommandParts,
): Record<string, string> {
  return {
    token: TOKEN,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command: parts.command,
    text: parts.text,
    api_app_id: APP_ID,
    is_enterprise_install: 'false',
    response_url: parts.responseUrl,
    trigger_id: parts.triggerId,
  };
}

/** The element acted on, with what was chosen in it. */
export function action(element: Json, blockId: unknown, chosen: Json, actionTs: string): Json {
  const { type, action_id, text, value, style, placeholder } = element;
  const known = { type, action_id, block_id: blockId, text, value, style, placeholder, ...chosen, action_ts: actionTs };
  return Object.fromEntries(Object.entries(known).filter(([, inner]) => inner !== undefined));
}

type MessageActionParts = { actions: Json[]; triggerId: string; responseUrl: string; values: Values };

export function messageActions(workspace: Workspace, user: User, message: Message, parts: MessageActionParts): Json {
  const channel = workspace.channel(message.channel);
  const { switches } = workspace;
  const isEphemeral = message.ephemeralTo !== undefined;
  const hasMessage = !isEphemeral || switches.ephemeralMessage === 'present';
  return {
    type: 'block_actions',
    ...who(workspace, user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    },
    trigger_id: parts.triggerId,
    ...install(workspace),
    channel: { id: channel.id, name: channelName(channel) },
    ...(hasMessage ? { message: shownMessage(message, workspace, switches.messageMetadata === 'present') } : {}),
    ...(switches.messageState === 'present' ? { state: { values: parts.values } } : {}),
    response_url: parts.responseUrl,
    actions: parts.actions,
  };
}

export function viewActions(
  workspace: Workspace,
  user: User,
  view: View,
  parts: { actions: Json[]; triggerId: string },
): Json {
  return {
    type: 'block_actions',
    ...who(workspace, user),
    container: { type: 'view', view_id: view.id },
    trigger_id: parts.triggerId,
    ...install(workspace),
    view: shownView(workspace, view),
    actions: parts.actions,
  };
}

export function suggestion(
  workspace: Workspace,
  user: User,
  view: View,
  element: Json,
  blockId: string,
  value: string,
): Json {
  return {
    type: 'block_suggestion',
    ...who(workspace, user),
    ...(workspace.switches.suggestionContainer === 'present' ? { container: { type: 'view', view_id: view.id } } : {}),
    ...install(workspace),
    action_id: element.action_id,
    block_id: blockId,
    value,
    view: suggestedView(workspace, view),
  };
}

/** Later picks are not in its state (slackapi/bolt-js #1146), and it may have none. */
function suggestedView(workspace: Workspace, view: View): Json {
  const { suggestionState } = workspace.switches;
  const shown = shownView(workspace, view, suggestionState === 'current' ? view.values : view.valuesAtOpen);
  const { state: _, ...stateless } = shown;
  return suggestionState === 'absent' ? stateless : shown;
}

/** Of a global shortcut: no channel, no response_url. */
export function shortcut(workspace: Workspace, user: User, callbackId: string, triggerId: string): Json {
  return {
    type: 'shortcut',
    ...who(workspace, user),
    action_ts: workspace.nextTs(),
    ...install(workspace),
    callback_id: callbackId,
    trigger_id: triggerId,
  };
}

export function submission(
  workspace: Workspace,
  user: User,
  view: View,
  triggerId: string,
  responseUrls: Json[],
): Json {
  return {
    type: 'view_submission',
    ...who(workspace, user),
    trigger_id: triggerId,
    view: shownView(workspace, view),
    response_urls: responseUrls,
    ...install(workspace),
  };
}

export function closing(workspace: Workspace, user: User, view: View, isCleared: boolean): Json {
  return {
    type: 'view_closed',
    ...who(workspace, user),
    view: shownView(workspace, view),
    is_cleared: isCleared,
    ...install(workspace),
  };
}
