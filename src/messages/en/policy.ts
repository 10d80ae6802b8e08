/** English: the approval policy on cards, in threads and in answers. */
import { callees, reviewers } from '../../domain/policy/callees.ts';
import type { RosterTrouble } from '../../domain/policy/roster.ts';
import type { People } from '../../domain/policy/rule.ts';
import type { PolicyEvent } from '../../domain/policy-events.ts';
import type { Standing } from '../../domain/refusals.ts';
import type { EmergencyApproval, Request, Verdict } from '../../domain/request.ts';
import { code, listed, oneLine, user, userGroup, when } from '../mrkdwn.ts';
import { namesIn } from '../names-in.ts';
import type { Names, PolicyWords } from '../policy.ts';
import { changes } from './changes.ts';

const more = (left: number): string => `and ${left} more`;
const MENTIONS = 500;

const VERDICTS: Readonly<Record<Verdict, string>> = { 'in-order': 'in order', 'not-in-order': 'not in order' };

const STANDINGS: Readonly<Record<Exclude<Standing, 'member'>, string>> = {
  guest: 'is a guest, and can’t approve',
  bot: 'is a bot, and can’t approve',
  stranger: 'is not in this workspace, and can’t approve',
  deactivated: 'has left: the account is deactivated',
  unknown: 'could not be looked up in Slack just now',
};

const GROUP_TROUBLES: Readonly<Record<Extract<RosterTrouble, { kind: 'group' }>['problem'], string>> = {
  disabled: 'is disabled in Slack: nobody counts as its member',
  absent: 'is not known to Slack',
  empty: 'has no members',
  'missing-scope': 'can’t be read: the bot lacks the scope `usergroups:read`',
  'rate-limited': 'can’t be read just now, because Slack wants fewer questions; it is read again',
  unreadable: 'could not be read just now; it is read again',
};

export const policy: PolicyWords = {
  line,
  notice,
  reviewers: (request) => behindColon(reviewers(request)),
  clickRefusal: (refusal) => {
    switch (refusal.kind) {
      case 'reminded-lately':
        return `Those who may approve were told on ${when(refusal.at)}. You can remind them from ${when(refusal.againAt)} on.`;
      case 'reminded-enough':
        return `You have reminded them ${refusal.times} times, which is as often as the bot does it. Please talk to one of them; the card names them.`;
      case 'not-for-emergencies':
        return `The rule ${code(refusal.rule)} does not name you among those who may approve alone in an emergency.`;
      case 'nothing-to-review':
        return 'This request was not approved in an emergency, so there is nothing to review.';
      case 'reviewed-before':
        return `${user(refusal.by)} reviewed it already, on ${when(refusal.at)}.`;
      case 'own-emergency':
        return 'Somebody else has to review it: you asked for it, or approved it alone.';
    }
  },
  explain: (refusal) => {
    switch (refusal.kind) {
      case 'rule-unclear':
        return {
          what: 'It could not be told which approval rule covers this request.',
          why: `That hangs on user groups which Slack could not tell about: ${groupList(refusal.groups)}.`,
          next: 'Ask again in a few minutes. If it lasts, tell the operators of the bot.',
        };
      case 'too-many-open':
        return {
          what: `The requester has ${refusal.limit} open ${refusal.limit === 1 ? 'request' : 'requests'} already, which is the most that the policy allows.`,
          next: 'Wait until one of them is decided, or cancel one that is not needed any more, then ask again.',
        };
    }
  },
  changes,
  rule: ({ name, selfApproval }) =>
    `Rule ${code(name)}${selfApproval ? ', which lets requesters approve themselves' : ''}`,
  step: (step, progress, alone, names) => {
    const { users, groups, required } = step;
    const people = [
      ...(users.length === 0 ? [] : [listed(users.map(names.person), more, 300)]),
      ...(groups.length === 0 ? [] : [`the members of ${listed(groups.map(names.group), more, 300)}`]),
    ].join(' and ');
    const single = users.length === 1 && groups.length === 0;
    const sign = progress?.complete === true ? '✓ ' : '';
    return `${sign}${alone ? 'May approve' : 'Needed'}: ${single ? people : `any ${required} of ${people}`}`;
  },
  progress: ({ filled, required }, approvals) =>
    `Approved *${filled} of ${required}*${
      approvals.length === 0
        ? ''
        : `: ${listed(
            approvals.map(({ by }) => user(by)),
            more,
            600,
          )}`
    }`,
  note: ({ by, note }) => `${user(by)}: “${oneLine(note ?? '', 300)}”`,
  mayStill: (people, names) => `May still approve: ${listed(people.map(names.person), more, 400)}`,
  told: (mentioned, direct, names) => {
    const all = [
      ...(mentioned === undefined ? [] : [mentions(mentioned)]),
      ...(direct.length === 0 ? [] : [`by direct message ${listed(direct.map(names.person), more, 300)}`]),
    ];
    return all.length === 0 ? '' : `Told: ${all.join('; ')}`;
  },
  until: (at) => `To be decided before ${when(at)}`,
  trouble: (trouble, names) =>
    trouble.kind === 'person'
      ? `:warning: ${names.person(trouble.user)} ${STANDINGS[trouble.standing]}.`
      : `:warning: The user group ${names.group(trouble.group)} ${GROUP_TROUBLES[trouble.problem]}.`,
  cannotBeMet:
    ':no_entry: *Nobody is left who could complete this approval.* The operators of the bot can mend the rule or the user group; the requester can cancel.',
  escalates: (at, people, names) =>
    `If nobody has decided by ${when(at)}, these may approve too: ${named(people, names)}`,
  escalated: (at) => `More people were asked on ${when(at)}, since nobody had decided`,
  automatic: 'Approved by itself: the rule asks nobody',
  emergency,
  frozen: (until, reason) =>
    `:snowflake: A freeze keeps creates back until ${when(until)}${reason === undefined ? '' : `: “${oneLine(reason, 200)}”`}. The approval stays good, and the endpoint is created then.`,
  edited: (revision, before, after) => `:pencil2: Revision ${revision} changed: ${changes(before, after)}`,
};

function line(event: PolicyEvent, request: Request): string {
  switch (event.type) {
    case 'roster-read':
      return 'Slack was asked who may approve it';
    case 'reminded':
      return `${event.by === undefined ? 'It still waits for approval' : `${user(event.by)} reminds of it`}${called(request)}`;
    case 'escalated':
      return `Nobody has decided so far, so these may approve it too: ${whileOpen(event.to, request)}`;
    case 'rule-kept':
      return event.instead === undefined
        ? 'The policy has changed; the rule of this request is the same'
        : `The policy has changed. Whoever asks now falls under the rule ${code(event.instead)}, which is not plainly stricter, so this request keeps its own`;
    case 'rule-tightened':
      return `The policy has changed, and is stricter now: ${code(event.rule.name)} takes the place of the rule ${code(event.was)} here${called(request)}`;
    case 'frozen':
      return `A freeze keeps creates back until ${when(event.until)}${event.reason === undefined ? '' : `: “${oneLine(event.reason, 200)}”`}`;
    case 'review-reminded':
      return `The review of the emergency is still owed${behindColon(reviewers(request))}`;
    case 'reviewed':
      return `${user(event.by)} reviewed the emergency: *${VERDICTS[event.verdict]}*${event.note === undefined ? '' : `, “${oneLine(event.note, 400)}”`}`;
  }
}

/** Nobody is called to what is decided. */
function called(request: Request): string {
  if (request.status !== 'pending') return '';
  return behindColon(callees(request.rule, request.approvals, request.requester));
}

/** Once it is decided they are named without being called. */
function whileOpen(people: People, request: Request): string {
  return request.status === 'pending'
    ? mentions(people)
    : named(people, namesIn('rule' in request ? request.roster : undefined));
}

function behindColon(people: People): string {
  const who = mentions(people);
  return who === '' ? '' : `: ${who}`;
}

function notice(event: PolicyEvent, request: Request): readonly string[] {
  const what = `request ${code(request.id)} (an endpoint of ${code(request.asked.operation.instanceId)})`;
  switch (event.type) {
    case 'reminded':
    case 'escalated':
      return [
        `:bell: The ${what} of ${user(request.requester)} waits for approval, and yours counts.`,
        'The card is here, in this conversation.',
      ];
    case 'rule-tightened':
      return [
        `:arrows_counterclockwise: The approval policy has changed while your ${what} was waiting: the stricter rule ${code(event.rule.name)} applies now. Nothing is lost; the card shows whose approval it needs.`,
      ];
    case 'frozen':
      return [
        `:snowflake: Your ${what} is approved. A freeze keeps creates back until ${when(event.until)}${event.reason === undefined ? '' : `: “${oneLine(event.reason, 200)}”`}; the endpoint is created then. There is nothing you need to do.`,
      ];
    case 'roster-read':
    case 'rule-kept':
    case 'review-reminded':
    case 'reviewed':
      return [`Your ${what}: ${line(event, request)}.`];
  }
}

function emergency({ by, reason, at, review }: EmergencyApproval): readonly string[] {
  const given = `:rotating_light: *Approved alone* by ${user(by)} in an emergency on ${when(at)}: “${oneLine(reason, 400)}”`;
  switch (review.state) {
    case 'due':
      return [given, `*A review is owed* by the approvers of the rule, by ${when(review.until)}.`];
    case 'done':
      return [
        given,
        `Reviewed by ${user(review.by)} on ${when(review.at)}: *${VERDICTS[review.verdict]}*${review.note === undefined ? '' : `, “${oneLine(review.note, 300)}”`}`,
      ];
  }
}

function mentions({ users, groups }: People): string {
  return listed([...users.map(user), ...groups.map(userGroup)], more, MENTIONS);
}

function named({ users, groups }: People, names: Names): string {
  return listed([...users.map(names.person), ...groups.map(names.group)], more, 300);
}

function groupList(groups: readonly string[]): string {
  return listed(
    groups.map((group) => code(group)),
    more,
    200,
  );
}
