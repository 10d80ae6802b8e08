/** English: what the doctor finds about Redis, clocks and Alibaba Cloud. */
import type { ClockOwner, ServerFinding } from '../../domain/doctor/findings.ts';
import type { FindingText, FindingWords } from '../doctor.ts';
import { counted } from './counted.ts';
import { failures } from './failures.ts';

const MINUTE = 60_000;

export const serverFindings: FindingWords<ServerFinding> = {
  'redis-ready': (found) => ({ what: `Redis answers: version ${found.version}` }),
  'redis-unreachable': (found) => ({
    what: `Redis can’t be used (${found.error}).`,
    why: 'Requests and approvals live there: without it the bot takes nothing.',
    mend: 'Check that it runs, and host, port, user and password in REDIS_URL.',
  }),
  'redis-old': (found) => ({
    what: `Redis is version ${found.version}; the bot is made for ${found.wanted} or later.`,
    why: 'Older ones lack commands that the queue makes use of.',
    mend: 'Upgrade it.',
  }),
  'redis-replica': () => ({
    what: 'This Redis is a replica.',
    why: 'A replica takes no writes, so nothing can be asked for or approved.',
    mend: 'Name the master in REDIS_URL, or Sentinels that know it (redis+sentinel://…).',
  }),
  'redis-evicts': (found) => ({
    what: `Redis may throw data away when it is full (maxmemory-policy ${found.policy}).`,
    why: 'An approval or the record of a create could be gone, and a create could be sent twice.',
    mend: 'Set maxmemory-policy to noeviction.',
  }),
  'redis-forgets': (found) => ({
    what: `Redis does not write what it is told to disk${found.snapshots ? ', apart from a snapshot now and then' : ''} (appendonly no).`,
    why: 'After a restart approvals that people gave are gone.',
    mend: 'Set appendonly to yes, and appendfsync to always.',
  }),
  'redis-syncs-late': (found) => ({
    what: `Redis does not sync each write (appendfsync ${found.appendfsync}).`,
    why: 'When the machine loses power, the last moments are gone: approvals included.',
    mend: 'Set appendfsync to always. It costs less than a millisecond a click.',
  }),
  'redis-no-replica': () => ({
    what: 'Sentinel watches this Redis, and no replica of it is connected.',
    why: 'Behind Sentinels nothing counts that no replica has, as a failover would forget it: nothing can be asked for or approved.',
    mend: 'Start two replicas, or look why they are not connected.',
  }),
  'redis-one-replica': () => ({
    what: 'Redis has one replica.',
    why: 'Nothing counts that no replica has: while this one is away, or after it took over, nothing can be asked for or approved.',
    mend: 'Add a second replica.',
  }),
  'redis-setting-unknown': (found) => ({
    what: `This Redis does not tell its ${found.setting}.`,
    why: 'Managed services often forbid CONFIG. The bot needs appendonly yes, appendfsync always, maxmemory-policy noeviction.',
    mend: 'Look in the service’s console.',
  }),
  'data-folder-unusable': (found) => ({
    what: `The embedded Redis can’t keep its data in ${found.dir} (${found.error}).`,
    why: 'Without a place for it the bot does not start.',
    mend: 'Make the folder writable, set DATA_DIR to another one, or REDIS_URL to a Redis of your own.',
  }),
  'clocks-agree': (found) => ({ what: `${counted(found.count, 'clock')} compared, all within a minute of the bot’s` }),
  'clock-off': (found) => clockOff(found.whose, found.ms),
  'account-ready': (found) => ({
    what: `Account ${found.account}: the credentials work, ${counted(found.instances, 'instance')} found`,
  }),
  'credentials-absent': (found) => ({
    what: `Account ${found.account}: no credentials were found (${found.error}).`,
    why: 'Nothing can be checked or created there.',
    mend: 'Set the ALIBABA_CLOUD_* variables, or correct the account’s credentials in the config file.',
  }),
  'permission-missing': (found) => ({
    what: `Account ${found.account}: RAM does not allow ${found.action}.`,
    why: 'Requests for this account stop where it is needed.',
    mend: `Add ${found.action} to the RAM policy of the bot’s identity; the README lists all actions and resources.`,
  }),
  'permission-unknown': (found) => ({
    what: `Account ${found.account}: not tried: ${found.actions.join(', ')}. Creating and accepting have consequences; the others need an instance or a service to ask about.`,
    why: 'A missing permission shows at the first request, in its precheck.',
    mend: 'Compare the RAM policy with the README.',
  }),
  'cloud-refuses': (found) => ({
    what: `Account ${found.account}: ${found.action} did not work: ${failures.brief(found.reason)} (${found.code}).`,
    why: 'Requests for this account wait or fail.',
    mend: 'Check region, endpoints and credentials of the account in the config file, and that this machine reaches Alibaba Cloud.',
  }),
};

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
