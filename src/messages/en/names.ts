/** English: what the parts of a request are called. */
import type { CheckName } from '../../domain/precheck.ts';
import type { Lifetime } from '../../domain/request.ts';

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
