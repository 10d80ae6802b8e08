/** Simplified Chinese: what an edit changed. */
import type { Asked } from '../../domain/asked.ts';
import { code } from '../mrkdwn.ts';
import { LIFETIMES } from './names.ts';

export function changes(before: Asked, after: Asked): string {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['账号', before.operation.account, after.operation.account],
    ['实例', before.operation.instanceId, after.operation.instanceId],
    ['终端节点服务', before.operation.serviceId, after.operation.serviceId],
    ['可用区', before.operation.zoneId, after.operation.zoneId],
    ['使用期限', LIFETIMES[before.lifetime], LIFETIMES[after.lifetime]],
  ];
  const changed = pairs
    .filter(([, from, to]) => from !== to)
    .map(([name, from, to]) => `${name} ${code(from)} → ${code(to)}`);
  const reason = before.reason === after.reason ? [] : ['修改了申请理由'];
  const channelChanged = before.channel === after.channel ? [] : ['更换了接收结果的频道'];
  const mode = before.mode === after.mode ? [] : [after.mode === 'precheck' ? '改为仅预检' : '改为创建终端节点'];
  const all = [...changed, ...reason, ...channelChanged, ...mode];
  return all.length === 0 ? '内容不变' : all.join('，');
}
