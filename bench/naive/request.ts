/** What the naive rival knows of a request: all that its button carries. */
import type { ViewOutput } from '@slack/bolt';

export interface Request {
  readonly id: string;
  readonly requester: string;
  readonly instance: string;
  readonly service: string;
  readonly zone: string;
  readonly reason: string;
  /** Where the result is posted. */
  readonly channel: string;
}

export function readRequest(view: ViewOutput, requester: string): Request {
  const { request, origin } = JSON.parse(view.private_metadata) as { request: string; origin: string };
  const picked = (id: string) => view.state.values[id]?.[id]?.selected_option?.value ?? '';
  return {
    id: request,
    requester,
    instance: picked('instance'),
    service: picked('service'),
    zone: picked('zone'),
    reason: view.state.values.reason?.reason?.value ?? '',
    channel: view.state.values.channel?.channel?.selected_conversation ?? origin,
  };
}
