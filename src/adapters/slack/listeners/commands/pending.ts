/** `pending`: what waits for approval, first what waits for the one who asks, oldest first. */
import { divided, groupsThatMatter, type RecordOf, readWaiting } from '../../../../application/home.ts';
import type { Pending } from '../../../../domain/request.ts';
import type { Messages } from '../../../../messages/messages.ts';
import { listed } from '../../blocks/home.ts';
import type { TypedCommand } from '../../payloads/command.ts';
import type { ListenerTools } from '../tools.ts';

/** Slack advises no more than 4000 characters. */
const ROOM = 3_600;

export async function listPending(command: TypedCommand, tools: ListenerTools): Promise<void> {
  const { user } = command;
  const messages = await tools.messagesFor(user);
  await tools.answerPrivately(command, await answerFor(user, messages, tools), { user });
}

async function answerFor(user: string, messages: Messages, tools: ListenerTools): Promise<string> {
  const { requests, directory, log, now } = tools;
  try {
    const waiting = await readWaiting(requests);
    const person = await directory.glance(user, groupsThatMatter(waiting));
    const { standing } = person;
    // Guests and strangers share channels with members, not what members asked for.
    if (standing !== 'member') return messages.clicks.answer({ kind: 'standing', standing }, 'show');
    return written(divided(waiting, user, person, now()), waiting.left, messages);
  } catch (error) {
    log.error({ user, error }, 'what waits could not be listed');
    return messages.help.notLoaded;
  }
}

function written(
  { mine, others }: Readonly<Record<'mine' | 'others', readonly RecordOf<Pending>[]>>,
  notRead: number,
  { home }: Messages,
): string {
  const { pending } = home;
  if (mine.length + others.length === 0 && notRead === 0) return pending.nothing;
  const item = (record: RecordOf<Pending>) => `• ${home.waits(listed(record)).replaceAll('\n', '\n   ')}`;
  let shown = mine.length === 0 ? pending.nothingForYou : pending.mine;
  let left = mine.length + others.length + notRead;
  const parts = [
    mine.map(item),
    others.map((record, index) => (index === 0 ? `${pending.others}\n` : '') + item(record)),
  ];
  for (const line of parts.flat()) {
    if (shown.length + line.length > ROOM) break;
    shown = `${shown}\n${line}`;
    left -= 1;
  }
  return left === 0 ? shown : `${shown}\n${home.more(left)}`;
}
