/** English: the words on a request's card. */

import type { Operation } from '../../domain/asked.ts';
import { judgeProblem } from '../../domain/cloud-errors.ts';
import { type CheckName, firstRefusal, type Verdict } from '../../domain/precheck.ts';
import type { Request, Succeeded } from '../../domain/request.ts';
import type { CardWords } from '../messages.ts';
import { code, listed, oneLine, user, when } from '../mrkdwn.ts';
import { refusedByChecks } from '../refused-by.ts';
import { connection } from './connection.ts';
import { failures } from './failures.ts';
import { CHECK_NAMES, LIFETIMES } from './names.ts';
import { policy } from './policy.ts';
import { refusals } from './refusals.ts';

const more = (left: number): string => `and ${left} more`;

export const card: CardWords = {
  title: ({ kind }) => {
    switch (kind) {
      case 'create':
        return 'Create a VPC endpoint';
    }
  },
  headline,
  labels: {
    instance: 'Elasticsearch instance',
    service: 'Endpoint service',
    zone: 'Zone',
    account: 'Account',
    lifetime: 'Lifetime',
    mode: 'To be done',
    reason: 'Reason',
    precheck: 'Precheck',
    approval: 'Approval',
    onceApproved: 'For reference, what the bot will call once it is approved:',
    byHand: 'For reference, the command that creates it:',
    explorer: 'CreateVpcEndpoint in OpenAPI Explorer',
  },
  labelled: (label, value) => `${label}: ${value}`,
  lifetime: (lifetime) => LIFETIMES[lifetime],
  mode: (mode) => (mode === 'create' ? 'create the endpoint' : 'precheck only, nothing is created'),
  asked: ({ requester, askedAt }) => `Asked for by ${user(requester)} on ${when(askedAt)}`,
  footer: ({ id, revision }) => `Request ${code(id)} · revision ${revision}`,
  check,
  waiting: (request) => {
    if (request.frozen !== undefined) return policy.frozen(request.frozen.until, request.frozen.reason);
    if (request.halted) {
      return `Creates of the account ${code(request.asked.operation.account)} are stopped until an operator resumes them. This request keeps its approval and waits.`;
    }
    if (request.setback !== undefined) {
      const { code: word, message } = request.setback;
      const said = message === undefined ? '' : `, “${oneLine(message, 200)}”`;
      const why = failures.brief(judgeProblem(request.setback).reason);
      return `The last attempt brought no endpoint: ${why} (${code(word)}${said}). The next one is not before ${when(request.notBefore)}.`;
    }
    return request.slotAt === undefined
      ? 'It is checked once more, and takes its turn among the account’s creates.'
      : `Its turn among the account’s creates is on ${when(request.slotAt)}.`;
  },
  candidates: ({ candidates, targetLost }) => {
    const shown = candidates.map(({ id, domain }) => (domain === '' ? code(id) : `${code(id)} (${code(domain, 250)})`));
    const lost = targetLost ? ' Another request asks for the same endpoint by now: compare with that one too.' : '';
    return `${candidates.length === 1 ? 'This could be its own' : 'These could be its own'}: ${listed(shown, more, 1_200)}.${lost}\n*What to do:* compare with the console and choose on this card. The requester or an approver can choose. Nothing is sent or deleted meanwhile.`;
  },
  outcome,
  plainHint: ({ id }) =>
    `Slack can’t show this card’s buttons at the moment. They come back by themselves. \`/vpc-endpoint show ${oneLine(id, 60)}\` shows the request.`,
  buttons: {
    approve: 'Approve',
    approveWithNote: 'Approve with a note…',
    approveAlone: 'Emergency…',
    reject: 'Reject…',
    edit: 'Edit…',
    cancel: 'Cancel request',
    retry: 'Retry',
    choose: 'Choose the endpoint…',
    acceptConnection: 'Accept the connection',
    repost: 'There is no card: post it again',
    remind: 'Remind them',
    why: 'Why?',
    review: 'Review the emergency…',
    askAgain: 'Ask again…',
  },
};

function headline(request: Request): string {
  switch (request.status) {
    case 'checking':
      return `:mag: *Checking with Alibaba Cloud*${request.revision > 1 ? ' after an edit' : ''}. It can be decided once the check has passed.`;
    case 'refused':
      return `:no_entry: *${refusedByChecks(request.refusal) ? 'Refused by the checks.' : 'Refused.'}* Nobody is asked to approve it as it is.`;
    case 'checked':
      return firstRefusal(request.precheck) === undefined
        ? ':white_check_mark: *Precheck complete.* Nothing was to be created.'
        : ':x: *Precheck complete: it would not work as asked.*';
    case 'pending':
      return ':hourglass_flowing_sand: *Waiting for approval.*';
    case 'rejected':
      return `:x: *Rejected* by ${user(request.by)} on ${when(request.at)}.`;
    case 'cancelled':
      return `:no_entry_sign: *Cancelled* by ${user(request.by)} on ${when(request.at)}.`;
    case 'expired':
      return `:hourglass: *Expired* on ${when(request.at)}: nobody decided in time. To go on, ask again.`;
    case 'approved':
      return `:large_green_circle: *Approved* on ${when(request.approvedAt)}. The endpoint is not created yet.`;
    case 'executing':
      return ':rocket: *Creating the endpoint.*';
    case 'unknown':
      return ':eyes: *The create’s outcome is not known yet.* It is being read back from Alibaba Cloud, and nothing is sent meanwhile.';
    case 'needs-attention':
      return ':warning: *Needs a person.* The bot can’t tell by itself which endpoint belongs to this request.';
    case 'failed':
      return `:red_circle: *Failed* on ${when(request.at)}.`;
    case 'succeeded':
      return `:white_check_mark: *Created* on ${when(request.at)}.`;
  }
}

/** The three things that a dry run checks are named whatever came of it. */
const DRY_RUN = 'AccessKey pair, RAM authorisation, required parameters';

function check(name: CheckName, verdict: Verdict, operation: Operation): string {
  switch (verdict.verdict) {
    case 'passed': {
      const detail = verdict.detail === undefined ? '' : `: ${oneLine(verdict.detail, 200)}`;
      return `✓ ${passed(name, operation)}${detail}`;
    }
    case 'failed': {
      const about = name === 'dry-run' ? ` (${DRY_RUN})` : '';
      return `✗ ${capital(CHECK_NAMES[name])}${about}: ${refusals.brief(verdict.refusal, operation)}`;
    }
    case 'not-checked': {
      const about = name === 'dry-run' ? ` (${DRY_RUN})` : '';
      return `– ${capital(CHECK_NAMES[name])}${about}: not checked, ${failures.brief(verdict.reason)}`;
    }
  }
}

function passed(name: CheckName, operation: Operation): string {
  switch (name) {
    case 'instance':
      return 'The instance is active and supports private connections';
    case 'service':
      return 'The endpoint service is active';
    case 'zone':
      return `The service offers the zone ${code(operation.zoneId)}`;
    case 'duplicate':
      return 'The instance has no endpoint for this service in this zone yet';
    case 'dry-run':
      return `Dry run: ${DRY_RUN} are in order`;
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function outcome(request: Succeeded): readonly string[] {
  const { endpoint, how, ghosts, asked, approvals } = request;
  const ways: Readonly<Record<Succeeded['how'], string>> = {
    answered: 'Answered by CreateVpcEndpoint itself.',
    found: 'Found by reading the instance’s endpoints back: the create’s own answer was lost.',
    chosen: 'Chosen by a person among several candidates.',
  };
  const differs = endpoint.serviceId !== undefined && endpoint.serviceId !== asked.operation.serviceId;
  return [
    `Endpoint ${code(endpoint.id)}${endpoint.name === undefined ? '' : ` (${oneLine(endpoint.name, 120)})`}`,
    `Domain ${endpoint.domain === '' ? 'not shown by Alibaba Cloud yet' : code(endpoint.domain, 250)}`,
    connection.progress(request),
    `For ${user(request.requester)}, approved by ${
      approvals.length === 0
        ? 'nobody, as the rule allows'
        : listed(
            approvals.map(({ by }) => user(by)),
            more,
            500,
          )
    }`,
    ways[how],
    ...(endpoint.requestId === undefined ? [] : [`RequestId ${code(endpoint.requestId)}`]),
    ...(differs ? [serviceDiffers(request)] : []),
    ...(ghosts.length === 0
      ? []
      : [
          `:warning: ${ghosts.length === 1 ? 'Another endpoint' : `${ghosts.length} more endpoints`} turned up that could be this request’s too: ${listed(
            ghosts.map(({ id }) => code(id)),
            more,
            400,
          )}. Please check in the console; nothing is deleted automatically.`,
        ]),
  ];
}

/** Also said with the result. */
export function serviceDiffers({ endpoint, asked }: Succeeded): string {
  return `:warning: Alibaba Cloud answered with the service id ${code(endpoint.serviceId ?? '')}, not with ${code(asked.operation.serviceId)} as asked. Please check that the endpoint connects to the right service.`;
}
