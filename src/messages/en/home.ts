/** English: requests in lists. */
import { lifetimeEnd } from '../../domain/lifetime.ts';
import { progressOf } from '../../domain/policy/progress.ts';
import type { Request } from '../../domain/request.ts';
import type { CardPlace } from '../help.ts';
import type { HomeWords } from '../home.ts';
import { channel, code, link, user, when } from '../mrkdwn.ts';

export const home: HomeWords = {
  newRequest: 'New VPC endpoint…',
  headings: {
    waiting: 'Waits for you',
    asked: 'What you asked for',
    owned: 'What you own',
    decided: 'Recent decisions',
  },
  empty: {
    waiting: 'Nothing waits for your approval.',
    asked: 'You have not asked for anything yet. The button above opens the form.',
    owned: 'No endpoint was created for you so far.',
    decided: 'Nothing has been decided so far.',
  },
  more: (left) => `and ${left} more`,
  target: ({ account, instanceId, serviceId, zoneId }) =>
    `${code(instanceId)} → ${code(serviceId)} in ${code(zoneId)} (${code(account)})`,
  waits: ({ request, card }) => {
    const { rule, approvals, requester, askedAt, expiresAt } = request;
    const { filled, required } = progressOf(rule, approvals);
    return [
      `${home.target(request.asked.operation)}, asked for by ${user(requester)} on ${when(askedAt)}`,
      `Rule ${code(rule.name)} · approved *${filled} of ${required}* · to be decided before ${when(expiresAt)}${cardIn(card, request)}`,
    ].join('\n');
  },
  asked: ({ request, card }, headline) =>
    `${home.target(request.asked.operation)}, on ${when(request.askedAt)}\n${headline}${cardIn(card, request)}`,
  owned: ({ request, card }, connection) => {
    const { endpoint, asked, at } = request;
    const end = lifetimeEnd(asked.lifetime, at);
    const domain = endpoint.domain === '' ? 'its domain is not known yet' : code(endpoint.domain, 250);
    const until = end === undefined ? 'permanent' : `wanted until ${when(end)}`;
    return `${code(asked.operation.instanceId)} – ${code(endpoint.id)}, ${domain}\n${connection}\nCreated on ${when(at)} · ${until}${cardIn(card, request)}`;
  },
  decided: ({ request, card }, headline) =>
    `${home.target(request.asked.operation)}, asked for by ${user(request.requester)}\n${headline}${cardIn(card, request)}`,
  pending: {
    mine: '*Waits for you*',
    others: '*Waits for others*',
    nothingForYou: 'Nothing waits for your approval.',
    nothing: 'Nothing waits for approval.',
  },
};

/** Without a card the id, by which it can be looked up. */
function cardIn(card: CardPlace | undefined, { id }: Pick<Request, 'id'>): string {
  if (card === undefined) return ` · ${code(id)}`;
  return ` · ${card.permalink === undefined ? `card in ${channel(card.channel)}` : link(card.permalink, 'Open the card')}`;
}
