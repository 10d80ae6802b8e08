/** `app_uninstalled`, `tokens_revoked`: nothing will work from here on, and the operators should know. */
import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import type { ListenerTools } from '../tools.ts';

export const onInstallationEnded =
  ({ log }: ListenerTools) =>
  ({ event, body }: SlackEventMiddlewareArgs<'app_uninstalled' | 'tokens_revoked'>): Promise<void> => {
    log.error({ event: event.type, team: body.team_id }, 'Slack took the installation away');
    return Promise.resolve();
  };
