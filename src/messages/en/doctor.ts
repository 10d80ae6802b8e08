/** English: the doctor's findings. */
import type { ClockOwner, Finding } from '../../domain/doctor/findings.ts';
import type { DoctorWords, FindingText } from '../doctor.ts';
import { doctorScopes } from './doctor-scopes.ts';
import { failures } from './failures.ts';

const MINUTE = 60_000;

export const doctor: DoctorWords = {
  finding,
  scopes: doctorScopes,
  headings: { problem: 'Problems', warning: 'Warnings', unknown: 'Could not be checked', fine: 'Fine' },
  why: 'Why it matters: ',
  mend: 'What to do: ',
  summary: ({ problem, warning, unknown, fine }) =>
    `${counted(problem, 'problem')}, ${counted(warning, 'warning')}, ${unknown} not checked, ${fine} fine`,
  fine: (count) => `${counted(count, 'check')} passed.`,
  more: (left) => `… and ${left} more. All of them: npx vpc-endpoint-bot doctor`,
  looking: 'Looking at Slack, Redis, the clocks and the Alibaba Cloud accounts. The answer comes in a moment.',
  notAdmin:
    'Only admins and owners of this workspace may see this: it names accounts, channels and missing permissions. Ask one of them to run it.',
  adminUnknown:
    'Slack did not say whether you are an admin of this workspace, so nothing was looked at. Try again in a moment.',
  failed: 'The examination broke off. The reason is in the bot’s log. Try again, or run: npx vpc-endpoint-bot doctor',
};

function finding(found: Finding): FindingText {
  switch (found.id) {
    case 'setting-wrong':
      return {
        what: `${found.where}: ${found.message}.`,
        why: 'The bot does not start with a wrong setting.',
        mend: 'Correct it where it is named, and run the doctor again.',
      };
    case 'not-looked-at':
      return {
        what: `The check of ${AREAS[found.area]} did not come to an end (${found.error}).`,
        why: 'Something there is slow or broken, or this machine is.',
        mend: 'Run the doctor again.',
      };

    case 'slack-ready':
      return { what: `Slack knows the bot token: workspace ${found.team} (${found.teamId})` };
    case 'slack-unreachable':
      return {
        what: `Slack does not answer (${found.error}).`,
        why: 'Nothing can be asked for, approved or told.',
        mend: 'Check that this machine reaches https://slack.com/api/ (proxy, firewall, DNS), and SLACK_API_URL if it is set.',
      };
    case 'bot-token-refused':
      return {
        what: `Slack refuses the bot token (${found.error}).`,
        why: 'The bot does not start without a valid one.',
        mend: 'Open the app’s page → OAuth & Permissions, install the app again if need be, and copy its bot token into SLACK_BOT_TOKEN.',
      };
    case 'workspace-unknown':
      return {
        what: `The config file has no workspace ${found.teamId}, and that is where the bot token is from.`,
        why: 'The bot would not know its rules there, and does not start.',
        mend: `Add ${found.teamId} under workspaces, or use the bot token of a workspace that is there.`,
      };
    case 'scopes-granted':
      return { what: `All ${found.count} scopes are granted` };
    case 'scope-missing':
      return {
        what: `The scope ${found.scope} is not granted.`,
        why: `It is for ${doctorScopes[found.scope].use}. Without it: ${doctorScopes[found.scope].without}.`,
        mend: 'Compare the app’s manifest with manifest.yml (or the output of “vpc-endpoint-bot manifest”), and install the app again.',
      };
    case 'scopes-unknown':
      return {
        what: 'Slack did not say which scopes the token has.',
        why: 'A missing one shows only when it is needed.',
        mend: 'Compare the scopes on the app’s page with manifest.yml.',
      };
    case 'socket-ready':
      return { what: 'Slack offers a socket for the app-level token' };
    case 'app-token-refused':
      return {
        what: `Slack opens no socket with the app-level token (${found.error}).`,
        why: 'In Socket Mode nothing that people do reaches the bot.',
        mend: 'Open the app’s page: switch Socket Mode on, generate an app-level token with connections:write under Basic Information, and put it into SLACK_APP_TOKEN.',
      };
    case 'socket-unknown':
      return {
        what: `It could not be tried whether Slack opens a socket (${found.error}).`,
        why: 'In Socket Mode nothing that people do reaches the bot without one.',
        mend: 'Run the doctor again.',
      };
    case 'signing-secret-unproven':
      return {
        what: 'Whether the signing secret is the right one, only a delivery of Slack’s can show.',
        why: 'With a wrong one every command ends in dispatch_failed.',
        mend: 'Type /vpc-endpoint help in Slack. If that fails, copy the secret again from the app’s page → Basic Information, and check that Slack reaches the URLs in the manifest.',
      };

    case 'channels-ready':
      return { what: `The bot is in every channel that the config file names (${found.count})` };
    case 'channel-absent':
      return {
        what: `Slack knows no channel ${found.channel} that the bot may see (${found.places.join(', ')}).`,
        why: lostIn(found.places),
        mend: 'Check the id (channel → View channel details, at the bottom). A private channel has to be joined first: type /invite @vpc-endpoint-bot in it.',
      };
    case 'channel-archived':
      return {
        what: `The channel ${found.channel} is archived (${found.places.join(', ')}).`,
        why: lostIn(found.places),
        mend: 'Unarchive it, or name another channel in the config file.',
      };
    case 'channel-not-joined':
      return {
        what: `The bot is not a member of the channel ${found.channel} (${found.places.join(', ')}).`,
        why: lostIn(found.places),
        mend: 'Type /invite @vpc-endpoint-bot in that channel.',
      };
    case 'channel-unknown':
      return {
        what: `The channel ${found.channel} could not be looked at (${found.error}; ${found.places.join(', ')}).`,
        why: 'It may be missing, archived, or without the bot.',
        mend: 'If a scope is missing, add it first; then run the doctor again.',
      };

    case 'people-ready':
      return {
        what: `All approvers may approve: ${counted(found.users, 'user')} and ${counted(found.groups, 'user group')}`,
      };
    case 'approver-absent':
      return {
        what: `Slack knows no user ${found.user} (${inRules(found.rules)}).`,
        why: 'Nobody can approve under this id.',
        mend: 'Check the id (profile → ⋮ → Copy member ID).',
      };
    case 'approver-unfit':
      return {
        what: `The user ${found.user} can’t approve: ${STANDINGS[found.standing]} (${inRules(found.rules)}).`,
        why: 'Only full members of this workspace may approve, so their click is refused.',
        mend: 'Put somebody else into the rule.',
      };
    case 'approver-unknown':
      return {
        what: `The user ${found.user} could not be looked at (${found.error}; ${inRules(found.rules)}).`,
        why: 'They may have left, or be a guest, who can’t approve.',
        mend: 'If a scope is missing, add it first; then run the doctor again.',
      };
    case 'group-absent':
      return {
        what: `Slack knows no user group ${found.group} (${inRules(found.rules)}).`,
        why: 'Nobody can approve as its member.',
        mend: 'Check the id (People → User groups → ⋮ → Copy group ID).',
      };
    case 'group-disabled':
      return {
        what: `The user group ${found.group} is disabled (${inRules(found.rules)}).`,
        why: 'Nobody can approve as its member.',
        mend: 'Enable it again, or name another one in the rule.',
      };
    case 'group-empty':
      return {
        what: `The user group ${found.group} has nobody who may approve (${inRules(found.rules)}).`,
        why: 'Its members, if any, are guests, bots or deactivated.',
        mend: 'Add full members to it, or name another one in the rule.',
      };
    case 'groups-unknown':
      return {
        what: `The user groups ${found.groups.join(', ')} could not be looked at (${found.error}).`,
        why: 'They may be missing, disabled or empty.',
        mend: 'If a scope is missing, add it first; then run the doctor again.',
      };
    case 'rule-unmet':
      return {
        what: `Nobody can meet the rule “${found.rule}” now: of ${counted(found.required, 'approval')} it can get ${found.filled}.`,
        why: 'Its requests wait until they expire, whoever clicks.',
        mend: 'Add approvers who are full members to its steps, or ask for fewer.',
      };

    case 'rule-shadowed':
      return {
        what: `The rule “${found.rule}” never gets its turn: “${found.by}”, above it, matches everything that it does.`,
        why: 'The first rule that matches decides, so these approvers are never asked.',
        mend: 'Put the narrower rule first, or remove it.',
      };
    case 'account-without-rule':
      return {
        what: `No rule covers the account ${found.account}.`,
        why: 'Everybody can choose it in the form, and every request for it is refused.',
        mend: 'Add a rule for it, or take the account out of the config file.',
      };
    case 'policy-ready':
      return { what: `Every rule (${found.rules}) can have its turn, and each account has one` };

    case 'redis-ready':
      return { what: `Redis answers: version ${found.version}` };
    case 'redis-unreachable':
      return {
        what: `Redis can’t be used (${found.error}).`,
        why: 'Requests and approvals live there: without it the bot takes nothing.',
        mend: 'Check that it runs, and host, port, user and password in REDIS_URL.',
      };
    case 'redis-old':
      return {
        what: `Redis is version ${found.version}; the bot is made for ${found.wanted} or later.`,
        why: 'Older ones lack commands that the queue makes use of.',
        mend: 'Upgrade it.',
      };
    case 'redis-replica':
      return {
        what: 'This Redis is a replica.',
        why: 'A replica takes no writes, so nothing can be asked for or approved.',
        mend: 'Name the master in REDIS_URL, or Sentinels that know it (redis+sentinel://…).',
      };
    case 'redis-evicts':
      return {
        what: `Redis may throw data away when it is full (maxmemory-policy ${found.policy}).`,
        why: 'An approval or the record of a create could be gone, and a create could be sent twice.',
        mend: 'Set maxmemory-policy to noeviction.',
      };
    case 'redis-forgets':
      return {
        what: `Redis does not write what it is told to disk${found.snapshots ? ', apart from a snapshot now and then' : ''} (appendonly no).`,
        why: 'After a restart approvals that people gave are gone.',
        mend: 'Set appendonly to yes, and appendfsync to always.',
      };
    case 'redis-syncs-late':
      return {
        what: `Redis does not sync each write (appendfsync ${found.appendfsync}).`,
        why: 'When the machine loses power, the last moments are gone: approvals included.',
        mend: 'Set appendfsync to always. It costs less than a millisecond a click.',
      };
    case 'redis-no-replica':
      return {
        what: 'Sentinel watches this Redis, and no replica of it is connected.',
        why: 'Behind Sentinels nothing counts that no replica has, as a failover would forget it: nothing can be asked for or approved.',
        mend: 'Start two replicas, or look why they are not connected.',
      };
    case 'redis-one-replica':
      return {
        what: 'Redis has one replica.',
        why: 'Nothing counts that no replica has: while this one is away, or after it took over, nothing can be asked for or approved.',
        mend: 'Add a second replica.',
      };
    case 'redis-setting-unknown':
      return {
        what: `This Redis does not tell its ${found.setting}.`,
        why: 'Managed services often forbid CONFIG. The bot needs appendonly yes, appendfsync always, maxmemory-policy noeviction.',
        mend: 'Look in the service’s console.',
      };
    case 'data-folder-unusable':
      return {
        what: `The embedded Redis can’t keep its data in ${found.dir} (${found.error}).`,
        why: 'Without a place for it the bot does not start.',
        mend: 'Make the folder writable, set DATA_DIR to another one, or REDIS_URL to a Redis of your own.',
      };

    case 'clocks-agree':
      return { what: `${counted(found.count, 'clock')} compared, all within a minute of the bot’s` };
    case 'clock-off':
      return clockOff(found.whose, found.ms);

    case 'account-ready':
      return { what: `Account ${found.account}: the credentials work, ${counted(found.instances, 'instance')} found` };
    case 'credentials-absent':
      return {
        what: `Account ${found.account}: no credentials were found (${found.error}).`,
        why: 'Nothing can be checked or created there.',
        mend: 'Set the ALIBABA_CLOUD_* variables, or correct the account’s credentials in the config file.',
      };
    case 'permission-missing':
      return {
        what: `Account ${found.account}: RAM does not allow ${found.action}.`,
        why: 'Requests for this account stop where it is needed.',
        mend: `Add ${found.action} to the RAM policy of the bot’s identity; the README lists all actions and resources.`,
      };
    case 'permission-unknown':
      return {
        what: `Account ${found.account}: not tried: ${found.actions.join(', ')}. Creating and accepting have consequences; the others need an instance or a service to ask about.`,
        why: 'A missing permission shows at the first request, in its precheck.',
        mend: 'Compare the RAM policy with the README.',
      };
    case 'cloud-refuses':
      return {
        what: `Account ${found.account}: ${found.action} did not work: ${failures.brief(found.reason)} (${found.code}).`,
        why: 'Requests for this account wait or fail.',
        mend: 'Check region, endpoints and credentials of the account in the config file, and that this machine reaches Alibaba Cloud.',
      };
  }
}

function clockOff(whose: ClockOwner, ms: number): FindingText {
  const by = `${Math.round(Math.abs(ms) / MINUTE)} min ${ms < 0 ? 'behind' : 'ahead of'}`;
  switch (whose.kind) {
    case 'this-machine':
      return {
        what: `This machine’s clock is ${by} Redis’s.`,
        why: 'The bot goes by Redis’s clock, so one of the two is wrong, and logs can’t be compared.',
        mend: 'Let both machines keep time by NTP.',
      };
    case 'slack':
      return {
        what: `Slack’s clock is ${by} the bot’s.`,
        why: 'A delivery of Slack’s that looks older than 5 minutes is turned away.',
        mend: 'Let the machine of Redis keep time by NTP: the bot goes by its clock.',
      };
    case 'cloud':
      return {
        what: `Account ${whose.account}: Alibaba Cloud’s clock is ${by} the bot’s.`,
        why: 'A call that is signed with a time more than 15 minutes off is refused.',
        mend: 'Let the machine of Redis keep time by NTP: the bot goes by its clock.',
      };
  }
}

const AREAS = {
  slack: 'Slack',
  channels: 'the channels',
  people: 'the approvers',
  redis: 'Redis',
  cloud: 'the Alibaba Cloud accounts',
} as const;

const STANDINGS = {
  guest: 'a guest',
  bot: 'a bot',
  stranger: 'from another workspace',
  deactivated: 'deactivated',
} as const;

/** @param places where the config file names the channel. */
function lostIn(places: readonly string[]): string {
  return places.every((place) => place === 'channels.audit')
    ? 'The bot can’t post there, so outcomes get no line in it.'
    : 'The bot can’t post there, so requests wait without a card.';
}

function inRules(rules: readonly string[]): string {
  return `${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
