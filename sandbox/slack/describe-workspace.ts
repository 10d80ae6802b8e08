/** A readable dump of a workspace, for when something that was waited for did not come. */
import type { CallLog } from './call-log.ts';
import type { Message } from './model.ts';
import type { Names } from './render/mrkdwn.ts';
import { renderMessage, renderView } from './render/render-text.ts';
import type { Workspace } from './workspace.ts';

export const namesOf = (workspace: Workspace): Names => ({
  user: (id) => workspace.users.get(id)?.name,
  channel: (id) => workspace.channels.get(id)?.name,
  userGroup: (id) => workspace.userGroups.get(id)?.handle,
});

const indent = (lines: string[], by: string): string[] => lines.map((line) => `${by}${line}`);

function describeMessage(message: Message, names: Names): string[] {
  const to =
    message.ephemeralTo === undefined ? '' : ` (only to @${names.user(message.ephemeralTo) ?? message.ephemeralTo})`;
  const by = message.thread_ts === undefined ? '  ' : '    ↳ ';
  const head = `${by}@${names.user(message.user) ?? message.user}${to} ${message.ts}`;
  return [head, ...indent(renderMessage(message, names), by.replace('↳', ' ').concat('  '))];
}

export function describeWorkspace(workspace: Workspace, log: CallLog): string {
  const names = namesOf(workspace);
  const lines: string[] = [];
  for (const channel of workspace.channels.values()) {
    const messages = workspace.messages.filter((message) => message.channel === channel.id);
    if (messages.length === 0) continue;
    lines.push(channel.is_im ? `DM ${channel.id}` : `#${channel.name}`);
    for (const message of messages) lines.push(...describeMessage(message, names));
  }
  for (const view of workspace.views.values()) {
    if (!view.open) continue;
    lines.push(`${view.type} ${view.callback_id} of @${names.user(view.user) ?? view.user}`);
    lines.push(...indent(renderView(view, names), '  '));
  }
  for (const notice of workspace.notices)
    lines.push(`notice to @${names.user(notice.user) ?? notice.user}: ${notice.text}`);
  for (const error of log.protocolErrors) lines.push(`protocol error: ${error}`);
  lines.push('last on the wire:');
  const wire = [
    ...log.calls.map((c) => ({
      seq: c.seq,
      line: `→ ${c.method} ${c.status} ${String(c.answer.error ?? 'ok')}${c.fault ? ` (${c.fault})` : ''}`,
    })),
    ...log.deliveries.map((d) => ({
      seq: d.seq,
      line: `← ${d.kind} ${d.what} ${d.problem ?? d.status ?? ''} ${d.ackMs} ms`,
    })),
  ].sort((a, b) => a.seq - b.seq);
  lines.push(...wire.slice(-15).map(({ line }) => `  ${line}`));
  return lines.join('\n');
}
