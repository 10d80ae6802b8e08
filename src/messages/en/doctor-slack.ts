/** English: what the doctor finds in Slack. */
import type { SlackFinding } from '../../domain/doctor/findings.ts';
import type { FindingWords } from '../doctor.ts';
import { doctorScopes } from './doctor-scopes.ts';

export const slackFindings: FindingWords<SlackFinding> = {
  'slack-ready': (found) => ({ what: `Slack knows the bot token: workspace ${found.team} (${found.teamId})` }),
  'slack-unreachable': (found) => ({
    what: `Slack does not answer (${found.error}).`,
    why: 'Nothing can be asked for, approved or told.',
    mend: 'Check that this machine reaches https://slack.com/api/ (proxy, firewall, DNS), and SLACK_API_URL if it is set.',
  }),
  'bot-token-refused': (found) => ({
    what: `Slack refuses the bot token (${found.error}).`,
    why: 'The bot does not start without a valid one.',
    mend: 'Open the app’s page → OAuth & Permissions, install the app again if need be, and copy its bot token into SLACK_BOT_TOKEN.',
  }),
  'workspace-unknown': (found) => ({
    what: `The config file has no workspace ${found.teamId}, and that is where the bot token is from.`,
    why: 'The bot would not know its rules there, and does not start.',
    mend: `Add ${found.teamId} under workspaces, or use the bot token of a workspace that is there.`,
  }),
  'scopes-granted': (found) => ({ what: `All ${found.count} scopes are granted` }),
  'scope-missing': (found) => ({
    what: `The scope ${found.scope} is not granted.`,
    why: `It is for ${doctorScopes[found.scope].use}. Without it: ${doctorScopes[found.scope].without}.`,
    mend: 'Compare the app’s manifest with manifest.yml (or the output of “vpc-endpoint-bot manifest”), and install the app again.',
  }),
  'scopes-unknown': () => ({
    what: 'Slack did not say which scopes the token has.',
    why: 'A missing one shows only when it is needed.',
    mend: 'Compare the scopes on the app’s page with manifest.yml.',
  }),
  'socket-ready': () => ({ what: 'Slack offers a socket for the app-level token' }),
  'app-token-refused': (found) => ({
    what: `Slack opens no socket with the app-level token (${found.error}).`,
    why: 'In Socket Mode nothing that people do reaches the bot.',
    mend: 'Open the app’s page: switch Socket Mode on, generate an app-level token with connections:write under Basic Information, and put it into SLACK_APP_TOKEN.',
  }),
  'socket-unknown': (found) => ({
    what: `It could not be tried whether Slack opens a socket (${found.error}).`,
    why: 'In Socket Mode nothing that people do reaches the bot without one.',
    mend: 'Run the doctor again.',
  }),
  'signing-secret-unproven': () => ({
    what: 'Whether the signing secret is the right one, only a delivery of Slack’s can show.',
    why: 'With a wrong one every command ends in dispatch_failed.',
    mend: 'Type /vpc-endpoint help in Slack. If that fails, copy the secret again from the app’s page → Basic Information, and check that Slack reaches the URLs in the manifest.',
  }),
  'channels-ready': (found) => ({ what: `The bot is in every channel that the config file names (${found.count})` }),
  'channel-absent': (found) => ({
    what: `Slack knows no channel ${found.channel} that the bot may see (${found.places.join(', ')}).`,
    why: lostIn(found.places),
    mend: 'Check the id (channel → View channel details, at the bottom). A private channel has to be joined first: type /invite @vpc-endpoint-bot in it.',
  }),
  'channel-archived': (found) => ({
    what: `The channel ${found.channel} is archived (${found.places.join(', ')}).`,
    why: lostIn(found.places),
    mend: 'Unarchive it, or name another channel in the config file.',
  }),
  'channel-not-joined': (found) => ({
    what: `The bot is not a member of the channel ${found.channel} (${found.places.join(', ')}).`,
    why: lostIn(found.places),
    mend: 'Type /invite @vpc-endpoint-bot in that channel.',
  }),
  'channel-unknown': (found) => ({
    what: `The channel ${found.channel} could not be looked at (${found.error}; ${found.places.join(', ')}).`,
    why: 'It may be missing, archived, or without the bot.',
    mend: 'If a scope is missing, add it first; then run the doctor again.',
  }),
};

/** @param places where the config file names the channel. */
function lostIn(places: readonly string[]): string {
  return places.every((place) => place === 'channels.audit')
    ? 'The bot can’t post there, so outcomes get no line in it.'
    : 'The bot can’t post there, so requests wait without a card.';
}
