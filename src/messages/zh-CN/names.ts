/** Simplified Chinese: what the parts of a request are called, and how a list is written. */

import type { Lifetime } from '../../domain/lifetime.ts';
import type { CheckName } from '../../domain/precheck.ts';
import { code, listed } from '../mrkdwn.ts';

export const CHECK_NAMES: Readonly<Record<CheckName, string>> = {
  instance: '实例',
  service: '终端节点服务',
  zone: '可用区',
  duplicate: '重复检查',
  'dry-run': '预检请求（DryRun）',
};

export const LIFETIMES: Readonly<Record<Lifetime, string>> = {
  permanent: '长期',
  '1d': '1 天',
  '7d': '7 天',
  '30d': '30 天',
  '90d': '90 天',
};

/** As many as there is room for. @param measure what they are counted in. */
export function enumerated(items: readonly string[], measure: '个' | '人', max?: number): string {
  return listed(items, (left) => `，另有 ${left} ${measure}`, max, '、');
}

export function codes(ids: readonly string[], max?: number): string {
  return enumerated(
    ids.map((id) => code(id)),
    '个',
    max,
  );
}

/** A length of time in the largest unit that it is a whole number of; minutes at the least. */
export function duration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes % (24 * 60) === 0) return `${minutes / (24 * 60)} 天`;
  return minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`;
}
