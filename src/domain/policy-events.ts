/** The events that the approval policy brings about by itself or afterwards, beside the yes and the no. */
import type { RequestEvent } from './events.ts';

export type PolicyEvent = Extract<
  RequestEvent,
  {
    type:
      | 'roster-read'
      | 'reminded'
      | 'escalated'
      | 'rule-kept'
      | 'rule-tightened'
      | 'frozen'
      | 'review-reminded'
      | 'reviewed';
  }
>;

const TYPES: Readonly<Record<PolicyEvent['type'], true>> = {
  'roster-read': true,
  reminded: true,
  escalated: true,
  'rule-kept': true,
  'rule-tightened': true,
  frozen: true,
  'review-reminded': true,
  reviewed: true,
};

export function isPolicyEvent(event: RequestEvent): event is PolicyEvent {
  return Object.hasOwn(TYPES, event.type);
}
