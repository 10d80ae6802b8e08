/** English: what an edit changed. */
import type { Asked } from '../../domain/asked.ts';
import { code } from '../mrkdwn.ts';
import { LIFETIMES } from './names.ts';

export function changes(before: Asked, after: Asked): string {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['account', before.operation.account, after.operation.account],
    ['instance', before.operation.instanceId, after.operation.instanceId],
    ['service', before.operation.serviceId, after.operation.serviceId],
    ['zone', before.operation.zoneId, after.operation.zoneId],
    ['lifetime', LIFETIMES[before.lifetime], LIFETIMES[after.lifetime]],
  ];
  const changed = pairs
    .filter(([, from, to]) => from !== to)
    .map(([name, from, to]) => `${name} ${code(from)} → ${code(to)}`);
  const reason = before.reason === after.reason ? [] : ['a new reason'];
  const channelChanged = before.channel === after.channel ? [] : ['another channel for the result'];
  const mode =
    before.mode === after.mode ? [] : [after.mode === 'precheck' ? 'only a precheck now' : 'to be created now'];
  const all = [...changed, ...reason, ...channelChanged, ...mode];
  return all.length === 0 ? 'with no change' : all.join(', ');
}
