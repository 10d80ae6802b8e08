/** Asks Slack, at the start, which workspace and which bot a token is for. */
import * as z from 'zod';
import type { Log } from '../../application/ports/log.ts';
import { troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';

export interface Identity {
  readonly teamId: string;
  readonly userId: string;
  /** Absent where Slack does not tell it. */
  readonly botId?: string;
  /** Of the workspace, such as `https://acme.slack.com/`. */
  readonly url: string;
}

const answerSchema = z.looseObject({
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string().nullish(),
  url: z.url().nullish().catch(undefined),
});
/** Links made from it lead to Slack, which asks for the workspace. */
const SLACK_URL = 'https://slack.com/';

const TIMEOUT_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Waits for Slack as long as it takes: a bot that is started during an outage serves when it is over.
 * @throws {Error} with a sentence for the operator, when Slack refuses the token or answers with something else.
 */
export async function whoAmI(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly log: Log;
}): Promise<Identity> {
  const { token, apiUrl, log } = options;
  const client = webClient({ token, apiUrl, log, timeoutMs: TIMEOUT_MS });
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    let answer: unknown;
    try {
      answer = await client.auth.test();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused') {
        throw new Error(
          `SLACK_BOT_TOKEN: Slack refuses it (${trouble.error}); install the app again and copy its bot token`,
        );
      }
      log.warn({ error, pauseMs }, 'Slack does not say who we are; asking again');
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      continue;
    }
    const read = answerSchema.safeParse(answer);
    if (!read.success) {
      throw new Error(`SLACK_API_URL: what answers there is not Slack: auth.test says neither team_id nor user_id`);
    }
    const { team_id: teamId, user_id: userId, bot_id: botId, url } = read.data;
    return { teamId, userId, url: url ?? SLACK_URL, ...(botId ? { botId } : {}) };
  }
}
