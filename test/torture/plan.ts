/** What is in store for each request: dealt from shuffled decks, so that all that can go wrong does, in an order of chance. */
import type { Chance } from '../fuzz/chance.ts';
import { type CloudFault, ENTITLED, FATES, FAULTS, type Fate, type Plan, type SlackFault } from './types.ts';

export const REQUESTERS: readonly string[] = ['U0ANN', 'U0DAN', 'U0FAY', 'U0JIM', 'U0KAY', 'U0LEO', 'U0MIA', 'U0NED'];
/** A member without a say, a guest, somebody of another company. */
const STRANGERS: readonly string[] = ['U0ADA', 'U0GUS', 'U0EVE'];

/** Those that are dealt to single requests; an outage strikes whoever is there. */
const SLACK_FAULTS: readonly SlackFault[] = FAULTS.slack.filter(
  (name) => name !== 'outage of everything' && name !== 'message_not_found',
);
/** Such a request may end before anybody is asked. */
const BEFORE_THE_CARD: CloudFault = 'dry run that fails';

export function plans(count: number, chance: Chance): readonly Plan[] {
  const fates = new Deck<Fate>(FATES, chance);
  const cloud = new Deck<CloudFault>(FAULTS.cloud, chance);
  const slack = new Deck<SlackFault>(SLACK_FAULTS, chance);
  return Array.from({ length: count }, (_, index) => {
    const fate = fates.deal();
    const [approver, second] = shuffled(ENTITLED, chance);
    const ends = fate === 'reject' || fate === 'cancel';
    // The card that is deleted is posted anew only while it is still to be decided.
    const deleted = fate === 'edit' && chance.is(0.4);
    const cloudFault = !ends && chance.is(0.55) ? cloud.deal() : undefined;
    const slackFault = deleted ? 'message_not_found' : chance.is(0.45) ? slack.deal() : undefined;
    return {
      index,
      fate: cloudFault === BEFORE_THE_CARD ? 'approve' : fate,
      requester: chance.pick(REQUESTERS),
      approver: approver ?? '',
      second: second ?? '',
      stranger: chance.pick(STRANGERS),
      ...(cloudFault === undefined ? {} : { cloud: cloudFault }),
      ...(slackFault === undefined ? {} : { slack: slackFault }),
      late: chance.is(0.5),
      doubleClick: chance.is(0.15),
      redelivered: chance.is(0.15),
      oldCard: chance.is(0.1),
    };
  });
}

function shuffled<T>(from: readonly T[], chance: Chance): T[] {
  const left = [...from];
  const dealt: T[] = [];
  while (left.length > 0) dealt.push(...left.splice(chance.int(left.length), 1));
  return dealt;
}

/** Each once before any comes again. */
export class Deck<T> {
  private readonly cards: readonly T[];
  private readonly chance: Chance;
  private left: T[] = [];

  constructor(cards: readonly T[], chance: Chance) {
    this.cards = cards;
    this.chance = chance;
  }

  deal(): T {
    if (this.left.length === 0) this.left = shuffled(this.cards, this.chance);
    const card = this.left.pop();
    if (card === undefined) throw new Error('an empty deck');
    return card;
  }
}
