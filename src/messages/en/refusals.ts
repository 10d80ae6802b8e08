/** English: why a request may not go on, or ended without an endpoint. */

import type { Operation } from '../../domain/asked.ts';
import type { ZoneId } from '../../domain/ids.ts';
import type { Failure, Standing } from '../../domain/refusals.ts';
import type { Explanation } from '../explanation.ts';
import type { RefusalWords } from '../messages.ts';
import { code, link, listed, oneLine } from '../mrkdwn.ts';
import { failures } from './failures.ts';
import { policy } from './policy.ts';

/** What Slack says of a person that keeps them from using the bot; shared with the refusals of clicks. */
export function standing(of: Standing, who: 'you' | 'the requester'): string {
  switch (of) {
    case 'member':
      return `Slack knows ${who} as a full member of this workspace.`;
    case 'guest':
      return `Slack knows ${who} as a guest. Only full members of this workspace can use the bot.`;
    case 'bot':
      return 'Slack says that this came from a bot. Only people can use the bot.';
    case 'stranger':
      return `Slack knows ${who} as somebody of another workspace. Only members of this one can use the bot.`;
    case 'deactivated':
      return 'Slack says that this account is deactivated.';
    case 'unknown':
      return `Slack could not tell in time who ${who === 'you' ? 'you are' : 'the requester is'}, so nothing was done.`;
  }
}

export const refusals: RefusalWords = {
  explain,
  brief: (refusal, operation) => brief(refusal, operation),
  problem: (refusal) => (refusal.kind === 'cloud' || refusal.kind === 'gave-up' ? refusal.problem : undefined),
};

function explain(refusal: Failure, operation: Operation): Explanation {
  switch (refusal.kind) {
    case 'no-rule':
      return {
        what: 'No approval rule covers this request.',
        why: `Nobody is configured to approve it for ${code(operation.instanceId)} in the account ${code(operation.account)}.`,
        next: 'Choose another instance or account, or ask the operators of the bot for a rule in its config file.',
      };
    case 'rule-unclear':
    case 'too-many-open':
      return policy.explain(refusal);
    case 'not-allowed':
      return {
        what: 'This person can’t ask for an endpoint.',
        why: standing(refusal.standing, 'the requester'),
        next:
          refusal.standing === 'unknown'
            ? 'Ask again in a minute.'
            : 'Ask a full member of this workspace to make the request.',
      };
    case 'target-taken':
      return {
        what: `Another request (${other(refusal.by, refusal.link)}) already asks for this endpoint.`,
        why: 'There is one open request at most for one instance, service and zone.',
        next: 'Follow that request. Once it has ended without an endpoint, you can ask again.',
      };
    case 'endpoint-exists':
      return {
        what: `The instance already has an endpoint for this service${refusal.domain === '' ? '' : ' in this zone'}: ${code(refusal.endpoint)}.`,
        ...(refusal.domain === '' ? {} : { why: `Its domain is ${code(refusal.domain, 250)}.` }),
        next: 'Use this endpoint. A second one is not needed.',
      };
    case 'instance-not-active':
      return {
        what: `The instance is not active: its status is ${code(refusal.status)}.`,
        next: 'Wait until the instance is active again, then ask again.',
      };
    case 'instance-too-old':
      return {
        what: 'This instance does not support private connections.',
        why: `Instances created before October 2020 run on the old architecture${
          refusal.createdAt === undefined ? '' : ` (this one was created at ${oneLine(refusal.createdAt, 40)})`
        }.`,
        next: 'Use a newer instance, or migrate this one to the new architecture first.',
      };
    case 'service-not-active':
      return {
        what: `The endpoint service is not active: its status is ${code(refusal.status)}.`,
        next: 'Ask the owner of the service to bring it up, then ask again.',
      };
    case 'zone-not-offered':
      return {
        what: `The endpoint service does not offer the zone ${code(operation.zoneId)}.`,
        why: `It offers ${zones(refusal.zones)}.`,
        next:
          refusal.zones.length === 0
            ? 'Ask the owner of the service to add this zone.'
            : 'Choose one of its zones, or ask the owner of the service to add this one.',
      };
    case 'dry-run-created':
      return {
        what: `Alibaba Cloud created the endpoint ${code(refusal.endpoint.id)} although it was asked only for a dry run.`,
        why: 'Nobody had approved it, so creates of this account are stopped.',
        next: 'Wait: an operator looks at the endpoint and resumes the account.',
      };
    case 'cloud':
      return failures.explain(refusal.reason, refusal.problem);
    case 'gave-up':
      return {
        what: 'The outcome of the create could not be settled, and it can’t be sent again with the same ClientToken.',
        why: 'Two complete listings of the instance’s endpoints showed none that it could have made.',
        next: 'Look at the instance’s endpoints in the console. If there is none, a retry starts anew with a fresh token.',
      };
  }
}

function brief(refusal: Failure, operation: Operation): string {
  const what = explain(refusal, operation).what.replace(/\.$/, '');
  return refusal.kind === 'cloud' ? `${what} (${code(refusal.problem.code)})` : what;
}

export function other(request: string, url: string | undefined): string {
  return url === undefined ? code(request) : `${code(request)}, ${link(url, 'its card')}`;
}

function zones(all: readonly ZoneId[]): string {
  return all.length === 0
    ? 'no zone at all'
    : listed(
        all.map((zone) => code(zone)),
        (left) => `and ${left} more`,
        400,
      );
}
