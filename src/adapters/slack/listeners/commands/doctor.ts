/** `doctor`: for admins, what is wrong with the bot's surroundings; the same as on the command line. */
import type { webApi } from '@slack/bolt';
import { findingsMessages } from '../../blocks/findings.ts';
import { isAdmin } from '../../is-admin.ts';
import type { TypedCommand } from '../../payloads/command.ts';
import type { ListenerTools } from '../tools.ts';

export async function runDoctor(
  command: TypedCommand,
  teamId: string | undefined,
  client: webApi.WebClient,
  tools: ListenerTools,
): Promise<void> {
  const { log, diagnose, answerPrivately } = tools;
  const { user } = command;
  const about = { user };
  const { doctor: words } = await tools.messagesFor(user);
  const admin = await isAdmin(client, user, teamId);
  if (admin !== true) {
    if (admin === undefined) log.warn(about, 'Slack did not say whether this is an admin');
    return answerPrivately(command, admin === false ? words.notAdmin : words.adminUnknown, about);
  }
  await answerPrivately(command, words.looking, about);
  try {
    for (const text of findingsMessages(await diagnose(), words)) await answerPrivately(command, text, about);
  } catch (error) {
    log.error({ ...about, error }, 'the doctor failed');
    await answerPrivately(command, words.failed, about);
  }
}
