/** English: what the parts of a request are called. */

import type { Lifetime } from '../../domain/lifetime.ts';
import type { CheckName } from '../../domain/precheck.ts';
import { counted } from './counted.ts';

export const CHECK_NAMES: Readonly<Record<CheckName, string>> = {
  instance: 'instance',
  service: 'endpoint service',
  zone: 'zone',
  duplicate: 'existing endpoints',
  'dry-run': 'dry run',
};

export const LIFETIMES: Readonly<Record<Lifetime, string>> = {
  permanent: 'permanent',
  '1d': '1 day',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
};

/** A length of time in the largest unit that it is a whole number of; minutes at the least. */
export function duration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes % (24 * 60) === 0) return counted(minutes / (24 * 60), 'day');
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
}
