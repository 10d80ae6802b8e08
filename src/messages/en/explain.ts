/** English: who may approve, why the reader may not, and what happens while nobody does. */
import type { Explanation, NotYours, When } from '../../domain/policy/explanation.ts';
import type { People, RuleMatch } from '../../domain/policy/rule.ts';
import type { ExplainWords } from '../explain.ts';
import { channel, code, link, listed, oneLine, when } from '../mrkdwn.ts';
import type { Names } from '../policy.ts';
import { duration, LIFETIMES } from './names.ts';
import { policy } from './policy.ts';

const more = (left: number): string => `and ${left} more`;

export const explain: ExplainWords = {
  title: 'Who can approve it',
  close: 'Close',
  askWhat: (command) =>
    `Say what you want to ask for, or which request it is: \`${command} who-can-approve es-cn-… [account]\` or \`${command} who-can-approve req_01…\`.`,
  whichAccount: (command, instance, accounts) =>
    `Say in which account it is: ${accounts.map((account) => code(account)).join(', ')}. For example \`${command} who-can-approve ${oneLine(instance, 80)} ${oneLine(accounts[0] ?? 'account', 60)}\`.`,
  aboutRequest: ({ id, asked }, headline, card) => {
    const where =
      card === undefined
        ? ''
        : ` ${card.permalink === undefined ? `Card in ${channel(card.channel)}.` : `${link(card.permalink, 'Card')}.`}`;
    return `${code(id)} (an endpoint of ${code(asked.operation.instanceId)}): ${headline}${where}`;
  },
  aboutProspect: (account, instance) =>
    `If you asked for an endpoint of ${code(instance)}, in the account ${code(account)}, then:`,
  noRule: (account, instance) =>
    `:no_entry: *No rule matches it, so it would be refused.* No approvers are set up for the instance ${code(instance)} in the account ${code(account)} when you ask. The operators of the bot can add a rule to its config file.`,
  unclear: (groups) =>
    `:grey_question: *It can’t be told which rule would cover it.* That hangs on these user groups, whose members Slack did not tell: ${listed(
      groups.map((group) => code(group)),
      more,
      300,
    )}. Please ask again in a moment.`,
  ungoverned: 'It was refused before anybody was asked, so nobody is to approve it.',
  explained,
  otherwise: ({ lifetimes, which }) => {
    const wanted = listed(
      lifetimes.map((each) => LIFETIMES[each]),
      more,
    );
    const what =
      which.kind === 'unclear'
        ? 'that can’t be told just now'
        : which.rule === undefined
          ? 'no rule matches, so it would be refused'
          : `the rule ${code(which.rule.name)}`;
    return `With the lifetime ${wanted}: ${what}.`;
  },
};

function explained(explanation: Explanation, names: Names): readonly string[] {
  const { rule, steps, approvals, progress, you, freeze, troubles, hopeless } = explanation;
  const isOpen = you !== undefined;
  const alone = steps.length === 1;
  return [
    `*Rule:* ${code(rule.name)}, the first that matches: ${criteria(rule.match, names)}.`,
    ...(rule.steps.length === 0 ? [`*Approval:* ${policy.automatic}.`] : ['*Approval:*']),
    ...steps.flatMap(({ step, progress: filled, could }) => [
      `• ${policy.step(step, filled, alone, names)}`,
      ...(!isOpen || filled.complete
        ? []
        : [
            could.length === 0
              ? '   Nobody could give it right now.'
              : `   Could give it right now: ${listed(could.map(names.person), more, 400)}.`,
          ]),
    ]),
    ...(approvals.length === 0
      ? []
      : [
          `Approved ${progress.filled} of ${progress.required}: ${listed(
            approvals.map(({ by, at }) => `${names.person(by)} (${when(at)})`),
            more,
            600,
          )}.`,
        ]),
    ...(you === undefined || rule.steps.length === 0 ? [] : [`*You:* ${yourPart(you, explanation, names)}`]),
    ...(you?.alone === true ? ['In an emergency you may approve it alone, with a reason.'] : []),
    ...(rule.steps.length === 0 ? [] : whileNobodyDecides(explanation, names)),
    ...(freeze === undefined || !isOpen ? [] : [policy.frozen(freeze.until, freeze.reason)]),
    ...troubles.slice(0, 6).map((trouble) => policy.trouble(trouble, names)),
    ...(hopeless ? [policy.cannotBeMet] : []),
  ];
}

function criteria({ account, action, instance, requester, lifetime }: RuleMatch, names: Names): string {
  const all = [
    ...(account === undefined ? [] : [`account ${or(account.map((each) => code(each)))}`]),
    ...(action === undefined ? [] : [`to ${or(action)}`]),
    ...(instance === undefined ? [] : [`instance ${or(instance.map((glob) => code(glob)))}`]),
    ...(requester === undefined ? [] : [`asked for by ${people(requester, names)}`]),
    ...(lifetime === undefined ? [] : [`lifetime ${or(lifetime.map((each) => LIFETIMES[each]))}`]),
  ];
  return all.length === 0 ? 'it is for every request' : all.join(' · ');
}

function yourPart(
  { refusal, unreadable }: NonNullable<Explanation['you']>,
  { rule }: Explanation,
  names: Names,
): string {
  if (refusal === undefined) return 'you can approve it, and your yes counts.';
  return whyNot(refusal, unreadable.map(names.group), rule.name);
}

function whyNot(refusal: NotYours, groups: readonly string[], rule: string): string {
  switch (refusal.kind) {
    case 'requester-may-not-approve':
      return 'whoever asks for it can’t approve it: this rule wants somebody else’s yes.';
    case 'approved-before':
      return `you approved it on ${when(refusal.at)}; it waits for somebody else.`;
    case 'no-place-left':
      return 'your part has all the approvals it takes; somebody of another part is needed.';
    case 'groups-unreadable':
      return `whether you may approve it can’t be told just now, since Slack did not say who is in ${listed(groups, more, 300)}. Please try again in a moment.`;
    case 'not-an-approver':
      return `you can’t approve it: the rule ${code(rule)} does not name you, nor a user group that you are in.`;
  }
}

function whileNobodyDecides({ rule, meanwhile }: Explanation, names: Names): readonly string[] {
  if (meanwhile === undefined) return [];
  const { expires, reminder, escalation, escalatedAt } = meanwhile;
  return [
    '*While nobody decides:*',
    reminder === undefined
      ? '• The bot reminds nobody by itself.'
      : `• Those who may approve are reminded ${moment(reminder)}, and then ever more rarely.`,
    ...(escalation === undefined
      ? []
      : [`• These may approve too ${from(escalation.when)}: ${people(escalation.to, names)}.`]),
    ...(escalatedAt === undefined ? [] : [`• ${policy.escalated(escalatedAt)}.`]),
    ...(rule.emergency === undefined
      ? []
      : [
          `• In an emergency one of these may approve alone: ${people(rule.emergency, names)}. A review is owed within ${duration(rule.emergency.reviewWithinMs)}.`,
        ]),
    `• It expires ${moment(expires)}.`,
  ];
}

function moment(time: When): string {
  return 'at' in time ? `on ${when(time.at)}` : `after ${duration(time.afterMs)}`;
}

function from(time: When): string {
  return 'at' in time ? `from ${when(time.at)} on` : `after ${duration(time.afterMs)}`;
}

function people({ users, groups }: People, names: Names): string {
  return listed([...users.map(names.person), ...groups.map(names.group)], more, 300);
}

function or(words: readonly string[]): string {
  return listed(words, more, 300, ' or ');
}
