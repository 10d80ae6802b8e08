/** English: what became of a click, told to the one who clicked: why it changed nothing, or that it counts. */
import type { OnCard, PersonCommand } from '../../domain/commands.ts';
import type { ConnectionPhase } from '../../domain/connection.ts';
import type { ClickRefusal } from '../../domain/refusals.ts';
import type { Status } from '../../domain/request.ts';
import type { ClickWords } from '../messages.ts';
import { code, listed, user, when } from '../mrkdwn.ts';
import { policy } from './policy.ts';
import { other, standing } from './refusals.ts';

/** What was not done. `show` is asked for like a command, and changes nothing anyway. */
const NOT_DONE: Readonly<Record<PersonCommand['kind'] | 'show', string>> = {
  submit: 'Nothing was asked for.',
  approve: 'Your approval was not counted.',
  'approve-alone': 'The request was not approved.',
  remind: 'Nobody was reminded.',
  review: 'The review was not counted.',
  reject: 'The request was not rejected.',
  cancel: 'The request was not cancelled.',
  edit: 'The request was not changed.',
  retry: 'The request was not retried.',
  'accept-connection': 'The connection was not accepted.',
  'repost-card': 'The card was not posted again.',
  'choose-endpoint': 'No endpoint was chosen.',
  show: 'Nothing is shown.',
};

const DONE: Readonly<Record<OnCard, string>> = {
  approve: 'Your approval counts.',
  'approve-alone': 'You approved the request alone; a review is owed for it.',
  remind: 'They are reminded.',
  review: 'Your review counts.',
  reject: 'The request is rejected.',
  cancel: 'The request is cancelled.',
  edit: 'The request is changed, and is checked again.',
  retry: 'The request is tried again.',
  'accept-connection': 'The connection is going to be accepted.',
  'choose-endpoint': 'Your choice counts.',
};

/** How a request was decided, by what it has become. */
const DECIDED: Readonly<Record<Status, string>> = {
  checking: 'being checked',
  pending: 'waiting for approval',
  refused: 'refused',
  checked: 'ended after its precheck',
  rejected: 'rejected',
  cancelled: 'cancelled',
  expired: 'ended without a decision in time',
  approved: 'approved',
  executing: 'approved',
  unknown: 'approved',
  'needs-attention': 'approved',
  failed: 'approved',
  succeeded: 'approved',
};

/** What an approved request has come to. */
const SINCE: Readonly<Partial<Record<Status, string>>> = {
  approved: 'The endpoint is about to be created.',
  executing: 'The endpoint is being created now.',
  unknown: 'The outcome of the create is being read back.',
  'needs-attention': 'It now needs someone to say which endpoint is its own.',
  failed: 'The create failed since then.',
  succeeded: 'The endpoint exists by now.',
};

/** Why a connection has nothing to accept. */
const CONNECTION: Readonly<Record<ConnectionPhase, string>> = {
  connecting: 'It is being made already, or was accepted a moment ago. The card shows how far it is.',
  unaccepted: 'Its acceptance is on its way already. The card shows how far it is.',
  connected: 'It is up already.',
  down: 'Nobody has to accept it: it stays down for another reason, which the card names.',
  ended: 'The endpoint or its service is gone, or about to be.',
  unwatched: 'The bot has stopped watching it. Please look at the endpoint in the console.',
};

export const clicks: ClickWords = {
  answer: (refusal, command) => {
    const nothing = isCommand(command) ? NOT_DONE[command] : 'Nothing was changed.';
    return `:information_source: ${nothing} ${why(refusal)}`;
  },
  receipt: (command) =>
    `:white_check_mark: ${DONE[command]} Slack is slow to take changes at the moment: the card will show it as soon as it can. You need not click again.`,
};

function why(refusal: ClickRefusal): string {
  switch (refusal.kind) {
    case 'already-decided':
      return decided(refusal);
    case 'old-revision':
      return oldRevision(refusal);
    case 'not-an-approver':
      return `You are not among those who may decide it under the rule ${code(refusal.rule)}. The card names them.`;
    case 'requester-may-not-approve':
      return `You asked for it yourself, and the rule ${code(refusal.rule)} wants somebody else’s approval.`;
    case 'approved-before':
      return `You approved this request already, on ${when(refusal.at)}. It waits for somebody else.`;
    case 'no-place-left':
      return `The rule ${code(refusal.rule)} has all the approvals it can take from you and those like you. The card shows who else is needed.`;
    case 'only-requester':
      return 'Only the person who asked for it can do that.';
    case 'only-requester-or-approver':
      return `Only the person who asked, or somebody who may approve under the rule ${code(refusal.rule)}, can do that.`;
    case 'standing':
      return `${standing(refusal.standing, 'you')}${refusal.standing === 'unknown' ? ' Please try again in a moment.' : ''}`;
    case 'groups-unreadable':
      return 'Slack could not tell who is in the user groups of the rule, so nothing was counted. Please try again in a moment; if it lasts, tell the operators of the bot.';
    case 'not-possible-now':
      return notNow(refusal.status);
    case 'target-taken':
      return `Another request (${other(refusal.by, refusal.link)}) has taken this endpoint meanwhile. Follow that one, or try again once it has ended.`;
    case 'nothing-to-accept':
      return CONNECTION[refusal.phase];
    case 'endpoint-not-a-candidate':
      return 'That endpoint is not among the candidates any more. Please open the choice again on the card.';
    case 'reminded-lately':
    case 'reminded-enough':
    case 'not-for-emergencies':
    case 'nothing-to-review':
    case 'reviewed-before':
    case 'own-emergency':
      return policy.clickRefusal(refusal);
    case 'no-such-request':
      return 'This request is not known here. It may have been made with another installation of the bot; please ask anew.';
  }
}

function oldRevision({ current, edit }: Extract<ClickRefusal, { kind: 'old-revision' }>): string {
  const changed = edit === undefined ? '' : ` New in it: ${policy.changes(edit.before, edit.asked)}.`;
  return `The request was edited while you looked at it. The card shows revision ${current} now.${changed} Please read it and decide again.`;
}

function decided({ status, by, at }: Extract<ClickRefusal, { kind: 'already-decided' }>): string {
  const date = at === undefined ? '' : ` on ${when(at)}`;
  if (status === 'expired') return `It expired${date} without a decision.`;
  const known = isStatus(status) ? DECIDED[status] : 'decided';
  const people = by.length === 0 ? '' : ` by ${listed(by.map(user), (left) => `and ${left} more`, 600)}`;
  const since = isStatus(status) ? SINCE[status] : undefined;
  return `It was already ${known}${people}${date}.${since === undefined ? '' : ` ${since}`}`;
}

const LOOK_AGAIN = 'Please look at the card again in a moment.';

function notNow(status: string): string {
  if (!isStatus(status)) return `That is not possible at the moment. ${LOOK_AGAIN}`;
  switch (status) {
    case 'checking':
      return `The request is being checked with Alibaba Cloud, and can be decided after that. ${LOOK_AGAIN}`;
    case 'pending':
      return `The request waits for its approval. ${LOOK_AGAIN}`;
    case 'executing':
      return `The endpoint is being created right now. ${LOOK_AGAIN}`;
    case 'unknown':
      return `The outcome of the create is being read back, and nothing is sent meanwhile. ${LOOK_AGAIN}`;
    case 'approved':
      return `The request is approved, and its endpoint is about to be created. ${LOOK_AGAIN}`;
    case 'succeeded':
      return 'The request has its endpoint already.';
    case 'failed':
      return 'The create of this request failed; the card offers to retry it.';
    case 'needs-attention':
      return 'The request waits for someone to say which endpoint is its own.';
    case 'refused':
    case 'checked':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return `That is not possible for a request that was ${DECIDED[status]}.`;
  }
}

function isStatus(status: string): status is Status {
  return Object.hasOwn(DECIDED, status);
}

function isCommand(command: string): command is keyof typeof NOT_DONE {
  return Object.hasOwn(NOT_DONE, command);
}
