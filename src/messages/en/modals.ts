/** English: the forms, what is wrong with an entry, and what to do when something did not work. */
import type { CloudIdKind, IdProblem } from '../../domain/ids.ts';
import type { ModalMessages } from '../modals.ts';
import { listed } from '../mrkdwn.ts';

const KINDS: Readonly<Record<CloudIdKind, { readonly what: string; readonly example: string }>> = {
  instance: { what: 'An instance id', example: 'es-cn-2r429tctl000d1aqz' },
  service: { what: 'An endpoint service id', example: 'epsrv-hp3xdsq46ael67lob1c2' },
  zone: { what: 'A zone id', example: 'cn-hangzhou-i' },
};

/** Beside a field, where there is room for a few. */
const some = (names: readonly string[]): string => listed(names, (left) => `and ${left} more`, 300);

function idProblem(of: CloudIdKind, problem: IdProblem): string {
  const { what, example } = KINDS[of];
  switch (problem) {
    case 'missing':
      return `This is needed. ${what} looks like ${example}.`;
    case 'masked':
      return 'This id is masked, as in documentation. Paste the full id.';
    case 'malformed':
      return `${what} looks like ${example}. Pick one from the list, or paste the full id.`;
  }
}

export const modals: ModalMessages = {
  create: {
    title: 'New VPC endpoint',
    submit: 'Send request',
    intro:
      'This makes a *one-way* private connection: *Elasticsearch → your VPC*. It lets Elasticsearch reach a service of yours; it does not let anybody in your VPC reach Elasticsearch.',
  },
  edit: {
    title: 'Edit request',
    submit: 'Send again',
    intro: 'A change makes a new revision: it is checked again, and approvals given so far no longer count.',
  },
  reject: {
    title: 'Reject request',
    submit: 'Reject',
    reason: { label: 'Reason', placeholder: 'What would have to be different?', hint: 'The requester reads it.' },
  },
  approve: {
    title: 'Approve request',
    submit: 'Approve',
    note: { label: 'Note', placeholder: 'What should others know?', hint: 'Everybody who sees the card reads it.' },
  },
  approveAlone: {
    title: 'Emergency approval',
    submit: 'Approve alone',
    intro:
      ':rotating_light: You approve this *alone*, without the approvals that the rule asks for otherwise. It is told in the thread and kept in the audit trail, and the approvers of the rule have to review it afterwards.',
    reason: {
      label: 'What is the emergency?',
      placeholder: 'Why can it not wait?',
      hint: 'Those who review it read this.',
    },
  },
  review: {
    title: 'Review the emergency',
    submit: 'Confirm',
    label: 'Looking back, was it',
    values: { 'in-order': 'in order', 'not-in-order': 'not in order' },
    note: { label: 'Note', placeholder: 'What should be remembered?', hint: 'It stays in the audit trail.' },
  },
  choose: {
    title: 'Choose the endpoint',
    submit: 'Confirm',
    intro:
      'The create had no clear answer, and the bot can’t tell which endpoint this request made. Choose it, or say that none is.',
    label: 'Endpoint',
    none: 'None of these is ours',
    created: (at) => `created ${at}`,
  },
  close: 'Close',
  fields: {
    account: { label: 'Account', placeholder: 'Choose an account' },
    instance: {
      label: 'Elasticsearch instance',
      placeholder: 'Search by name or id',
      hint: 'Where the connection starts.',
    },
    service: {
      label: 'Endpoint service in your VPC',
      placeholder: 'Search by name or id',
      hint: 'What Elasticsearch will reach.',
    },
    zone: {
      label: 'Zone',
      placeholder: 'Choose a zone',
      hint: 'One that the endpoint service offers; the list follows the service.',
    },
    reason: {
      label: 'Reason',
      placeholder: 'What is it for?',
      hint: 'Approvers read it, and it stays in the audit trail.',
    },
    mode: {
      label: 'What to do',
      values: { create: 'Check, ask for approval, and create', precheck: 'Only check whether it would work' },
    },
    lifetime: {
      label: 'How long it is needed',
      values: { permanent: 'No end date', '1d': '1 day', '7d': '7 days', '30d': '30 days', '90d': '90 days' },
    },
    channel: {
      label: 'Where the result is posted',
      placeholder: 'Choose a channel',
      hint: 'Leave it empty to get it as a direct message.',
    },
  },
  unusable: (status) => `not usable: ${status}`,
  problems: {
    id: idProblem,
    noAccount: 'Choose the account that the instance belongs to.',
    unknownAccount: (known) => `There is no such account here. Accounts: ${some(known)}.`,
    noRule: (account) =>
      `No approval rule covers this instance in the account ${account}, so nobody could approve it. Choose another one, or ask the operators of the bot for a rule.`,
    noReason: 'Say in a few words what it is for.',
    noReasonToReject: 'Say why, for the requester.',
    noReasonToActAlone: 'Say what the emergency is: it is reviewed afterwards.',
    noVerdict: 'Choose one of them.',
    zoneNotOffered: (zone, offered) =>
      offered.length === 0
        ? `The endpoint service does not offer ${zone}; at the moment it offers no zone at all.`
        : `The endpoint service does not offer ${zone}. It offers: ${some(offered)}.`,
    noChoice: 'Choose one of them, or say that none is ours.',
    sentBefore:
      'This form was already sent once, with other entries, and that request is on its way. Close the form; to change the request, use Edit on its card.',
    notStored:
      'Not stored: the database of the bot did not answer. Your entries are still here. Try again in a moment; it counts only once.',
    noSuchRequest:
      'This request is not known here, so nothing was stored. It may have been made with another installation of the bot.',
    oldForm: 'This form is from another version of the bot. Close it and start again.',
  },
  clicks: {
    notStored:
      ':warning: Your click may not have been stored, because the database of the bot did not answer in time. Look at the card in a moment, and try again if nothing has happened.',
    notLoaded:
      ':warning: The database of the bot did not answer, so the form could not be opened. Nothing happened. Try again in a moment.',
    unknownButton: 'This button does nothing in this version of the bot. Nothing happened.',
    unreadableButton: 'This button does not say which request it belongs to. Nothing happened.',
    formNotOpened: ':warning: Slack did not open the form in time. Nothing happened. Click again.',
  },
  createNotOpened: (command) =>
    `:warning: Slack did not open the form in time. Nothing was asked for. If no form is there, type it again: ${command}`,
  unreadable:
    'The record of this request can’t be read, so nothing happened and nothing was changed. Tell the people who run the bot: its log names the request and what is wrong.',
  notInstalled: 'This bot is not installed for your workspace, so nothing happened. Ask the people who run it.',
};
