/** What a person's hands need of the local Slack. */
import type { BotEndpoint } from '../deliver/bot-endpoint.ts';
import type { MethodContext } from '../methods/method.ts';
import type { User } from '../model.ts';
import type { ResponseOrigin, ResponseUrls } from '../tickets.ts';

export type Tools = MethodContext & {
  user: User;
  bot: BotEndpoint;
  responseUrls: ResponseUrls;
  /** Where the local Slack listens, without a slash at the end. */
  baseUrl: string;
};

export function newResponseUrl({ workspace, responseUrls, baseUrl }: Tools, origin: ResponseOrigin): string {
  const id = workspace.id('R');
  responseUrls.issue(id, origin);
  return `${baseUrl}/response/${id}`;
}

/** What Slack's client says when the app did not answer in time, or not with 200. */
export const TROUBLE = 'We had some trouble connecting. Try again?';
