/** `who-can-approve <request>` or `<instance> [account]`: whose approval it takes, and why. */
import { explainProspect, explainRequest } from '../../../../application/explain.ts';
import { UnreadableRequest } from '../../../../application/ports/requests.ts';
import { judgeId } from '../../../../domain/ids.ts';
import type { Messages } from '../../../../messages/messages.ts';
import { text } from '../../blocks/elements.ts';
import { explanationLines } from '../../blocks/explanation.ts';
import type { TypedCommand } from '../../payloads/command.ts';
import { requestIdIn } from '../../payloads/command-text.ts';
import type { ListenerTools } from '../tools.ts';

export async function sayWhoCanApprove(
  typedCommand: TypedCommand,
  words: readonly string[],
  tools: ListenerTools,
): Promise<void> {
  const messages = await tools.messagesFor(typedCommand.user);
  const lines = await answerFor(typedCommand, words, messages, tools);
  await tools.answerPrivately(typedCommand, text(lines), { user: typedCommand.user });
}

async function answerFor(
  { command, user }: TypedCommand,
  [what = '', account]: readonly string[],
  messages: Messages,
  tools: ListenerTools,
): Promise<readonly string[]> {
  const { explain, help, modals } = messages;
  const id = requestIdIn(what);
  if (id === undefined && judgeId('instance', what) !== undefined) return [explain.askWhat(command)];
  const inAccount = account ?? tools.choices.accountOf(what) ?? onlyOne(tools.accounts);
  try {
    if (id !== undefined) return explanationLines(await explainRequest(id, user, tools), messages);
    if (inAccount === undefined || !tools.accounts.includes(inAccount)) {
      // The names of the accounts are for members, too.
      const { standing } = await tools.directory.glance(user, []);
      if (standing !== 'member') return [messages.clicks.answer({ kind: 'standing', standing }, 'show')];
      return [explain.whichAccount(command, what, tools.accounts)];
    }
    return explanationLines(await explainProspect({ account: inAccount, instanceId: what }, user, tools), messages);
  } catch (error) {
    tools.log.error({ user, request: id, error }, 'who can approve could not be told');
    return [error instanceof UnreadableRequest ? modals.unreadable : help.notLoaded];
  }
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}
