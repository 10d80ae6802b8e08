/** English: the doctor's findings. */
import type { GeneralFinding } from '../../domain/doctor/findings.ts';
import { type DoctorWords, type FindingWords, wordsFor } from '../doctor.ts';
import { counted } from './counted.ts';
import { approverFindings } from './doctor-approvers.ts';
import { doctorScopes } from './doctor-scopes.ts';
import { serverFindings } from './doctor-servers.ts';
import { slackFindings } from './doctor-slack.ts';

const generalFindings: FindingWords<GeneralFinding> = {
  'setting-wrong': (found) => ({
    what: `${found.where}: ${found.message}.`,
    why: 'The bot does not start with a wrong setting.',
    mend: 'Correct it where it is named, and run the doctor again.',
  }),
  'not-looked-at': (found) => ({
    what: `The check of ${AREAS[found.area]} did not come to an end (${found.error}).`,
    why: 'Something there is slow or broken, or this machine is.',
    mend: 'Run the doctor again.',
  }),
};

const AREAS = {
  slack: 'Slack',
  channels: 'the channels',
  people: 'the approvers',
  redis: 'Redis',
  cloud: 'the Alibaba Cloud accounts',
} as const;

export const doctor: DoctorWords = {
  finding: wordsFor({ ...generalFindings, ...slackFindings, ...approverFindings, ...serverFindings }),
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
