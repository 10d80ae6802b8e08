/** How long an endpoint is wanted for, as people pick it. */
export const LIFETIMES = ['permanent', '1d', '7d', '30d', '90d'] as const;
export type Lifetime = (typeof LIFETIMES)[number];

const DAY_MS = 24 * 3_600_000;
const DAYS: Readonly<Record<Exclude<Lifetime, 'permanent'>, number>> = { '1d': 1, '7d': 7, '30d': 30, '90d': 90 };

/** When what was made at this moment is not wanted any more, in milliseconds since the epoch; undefined: never. */
export function lifetimeEnd(lifetime: Lifetime, from: number): number | undefined {
  return lifetime === 'permanent' ? undefined : from + DAYS[lifetime] * DAY_MS;
}
