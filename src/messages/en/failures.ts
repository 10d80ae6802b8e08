/** English: why Alibaba Cloud did not do what it was asked. */

import type { CloudProblem } from '../../domain/cloud.ts';
import type { FailureReason } from '../../domain/cloud-errors.ts';
import type { Explanation } from '../explanation.ts';
import { troubleshootingLink } from '../links.ts';
import type { FailureWords } from '../messages.ts';
import { code, link, oneLine } from '../mrkdwn.ts';

type Sentences = Explanation & { readonly brief: string };

const SENTENCES: Readonly<Record<FailureReason, Sentences>> = {
  'instance-not-found': {
    what: 'Alibaba Cloud does not know this Elasticsearch instance.',
    why: 'The id is mistyped, the instance was released, or it belongs to another account or region.',
    next: 'Compare the id with the console, and ask again with the right instance and account.',
    brief: 'the instance was not found',
  },
  'instance-activating': {
    what: 'The instance is being changed or started right now.',
    why: 'Alibaba Cloud takes no endpoint for it until it is active again.',
    next: 'Nothing: the bot tries again by itself. If it lasts, look at the instance in the console.',
    brief: 'the instance is being changed',
  },
  'instance-busy': {
    what: 'The instance is busy with another operation.',
    why: 'Alibaba Cloud runs one at a time.',
    next: 'Nothing: the bot tries again by itself.',
    brief: 'the instance is busy with another operation',
  },
  'service-not-found': {
    what: 'Alibaba Cloud does not know this endpoint service.',
    why: 'The id is mistyped, the service was deleted, or this account may not use it.',
    next: 'Check the service id in the PrivateLink console. If it is another account’s, ask its owner to put this account on the whitelist.',
    brief: 'the endpoint service was not found',
  },
  'service-busy': {
    what: 'The endpoint service takes no change at the moment.',
    why: 'It is locked while another change is under way.',
    next: 'Nothing: the bot tries again by itself.',
    brief: 'the endpoint service is locked by another change',
  },
  'connection-not-found': {
    what: 'The endpoint’s connection is not there yet.',
    why: 'It takes a moment to appear after the endpoint is created.',
    next: 'Nothing: the bot looks again by itself.',
    brief: 'the connection is not there yet',
  },
  'no-available-resource': {
    what: 'The endpoint service has no resource left in this zone.',
    why: 'No load balancer of the service can take an endpoint there.',
    next: 'Add a service resource in the zone (PrivateLink console → the endpoint service → Service Resources), or choose another zone.',
    brief: 'the service has no resource in this zone',
  },
  'parameter-invalid': {
    what: 'Alibaba Cloud does not accept the parameters.',
    why: 'An id, the service or the zone is not valid together with the others.',
    next: 'Check instance, service and zone, and ask again.',
    brief: 'the parameters were not accepted',
  },
  'token-reused': {
    what: 'Alibaba Cloud says that this ClientToken was used for something else.',
    why: 'An earlier attempt may have created an endpoint already.',
    next: 'Look at the instance’s endpoints in the console before anyone tries again; a retry here starts with a new token.',
    brief: 'the ClientToken was used before',
  },
  'previous-try-running': {
    what: 'An earlier attempt with the same ClientToken is still running.',
    next: 'Nothing: the bot reads the outcome back by itself.',
    brief: 'an earlier attempt is still running',
  },
  'access-denied': {
    what: 'The bot’s RAM identity is not allowed to do this.',
    why: 'A RAM policy is missing, or one denies it.',
    next: 'Ask an administrator of the Alibaba Cloud account to allow the action in RAM, then try again.',
    brief: 'the RAM permission is missing',
  },
  'product-not-activated': {
    what: 'PrivateLink or Elasticsearch is not activated in this account.',
    next: 'Ask the owner of the account to activate the product in the console, then try again.',
    brief: 'the product is not activated',
  },
  'access-key-invalid': {
    what: 'Alibaba Cloud does not know the bot’s AccessKey.',
    why: 'The key was deleted, disabled, or configured wrongly.',
    next: 'Tell the operators of the bot: its credentials need to be replaced.',
    brief: 'the bot’s AccessKey is not valid',
  },
  'security-token-expired': {
    what: 'The bot’s temporary credentials are no longer valid.',
    next: 'Try again in a few minutes. If it lasts, tell the operators of the bot.',
    brief: 'the bot’s temporary credentials are not valid',
  },
  'signature-wrong': {
    what: 'Alibaba Cloud rejected the bot’s signature.',
    why: 'The AccessKey secret does not belong to the AccessKey id.',
    next: 'Tell the operators of the bot: its credentials need to be checked.',
    brief: 'the bot’s signature was rejected',
  },
  'clock-skew': {
    what: 'The bot’s clock is off by more than 15 minutes.',
    next: 'Tell the operators of the bot: its machine’s time needs to be set.',
    brief: 'the bot’s clock is wrong',
  },
  'no-credentials': {
    what: 'The bot has no credentials for this account.',
    next: 'Tell the operators of the bot. It goes on by itself once they are there.',
    brief: 'the bot has no credentials for this account',
  },
  throttled: {
    what: 'Alibaba Cloud is throttling calls of this account.',
    next: 'Nothing: the bot tries again more slowly.',
    brief: 'Alibaba Cloud is throttling',
  },
  'cloud-unavailable': {
    what: 'Alibaba Cloud had a problem of its own.',
    next: 'Nothing: the bot tries again by itself.',
    brief: 'Alibaba Cloud is not available',
  },
  'cloud-unreachable': {
    what: 'The bot can’t reach Alibaba Cloud.',
    why: 'The connection was refused or the host was not found: nothing was sent.',
    next: 'Nothing: the bot tries again by itself. If it lasts, tell its operators.',
    brief: 'Alibaba Cloud can’t be reached',
  },
  'call-window-over': {
    what: 'The time for this attempt was over before it was sent.',
    why: 'The bot was held up, and nothing was sent.',
    next: 'Nothing: the bot tries again by itself.',
    brief: 'the attempt’s time was over',
  },
  'outcome-unclear': {
    what: 'No clear answer came back from Alibaba Cloud.',
    why: 'The call may or may not have taken effect.',
    next: 'Nothing: the bot reads the outcome back before it does anything else.',
    brief: 'no clear answer came back',
  },
  'refused-otherwise': {
    what: 'Alibaba Cloud refused the call.',
    next: 'Read the cloud’s own message below and its link, correct what it names, and try again.',
    brief: 'Alibaba Cloud refused it',
  },
};

export const failures: FailureWords = {
  explain: (reason, problem) => {
    const { what, why, next } = SENTENCES[reason];
    const missing = reason === 'access-denied' ? problem?.missingAction : undefined;
    const advice =
      missing === undefined
        ? next
        : `Ask an administrator of the Alibaba Cloud account to allow ${code(missing)} in RAM, then try again.`;
    return { what, ...(why === undefined ? {} : { why }), next: advice };
  },
  brief: (reason) => SENTENCES[reason].brief,
  facts: (problem) => facts(problem),
  written: ({ what, why, next }) => `${what}${why === undefined ? '' : ` ${why}`}\n*What to do:* ${next}`,
};

function facts(problem: CloudProblem): readonly string[] {
  const { httpStatus, message, requestId, missingAction } = problem;
  const url = troubleshootingLink(problem);
  const status = httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`;
  return [
    `Code: ${code(problem.code)}${status}`,
    ...(message === undefined || message === '' ? [] : [`Alibaba Cloud says: “${oneLine(message)}”`]),
    ...(missingAction === undefined ? [] : [`Missing RAM action: ${code(missingAction)}`]),
    ...(requestId === undefined ? [] : [`RequestId: ${code(requestId)}`]),
    ...(url === undefined ? [] : [link(url, 'How to solve it (Alibaba Cloud)')]),
  ];
}
