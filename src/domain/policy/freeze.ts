/** Windows of time in which nothing is created: on a date, or every week. */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type Freeze =
  /** Milliseconds since the epoch, `until` not included. */
  | { readonly kind: 'once'; readonly from: number; readonly until: number; readonly reason?: string }
  | {
      readonly kind: 'weekly';
      /** On which it begins. */
      readonly days: readonly Weekday[];
      /** Minutes since midnight in the time zone. */
      readonly from: number;
      /** The same; not later than `from`: on the next day. */
      readonly until: number;
      /** Of the IANA database, such as `Asia/Shanghai`. */
      readonly timeZone: string;
      readonly reason?: string;
    };

export interface OpenFreeze {
  /** Milliseconds since the epoch at which the last of the windows that are open, or follow at once, ends. */
  readonly until: number;
  /** Of the window that was found first. */
  readonly reason?: string;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Windows that touch make one; beyond this many in a row it is said anew when that time has come. */
const MOST_IN_A_ROW = 20;

/** What keeps creates back at this moment, if anything does. */
export function openFreeze(freezes: readonly Freeze[] | undefined, now: number): OpenFreeze | undefined {
  let found: OpenFreeze | undefined;
  for (let joined = 0; joined < MOST_IN_A_ROW; joined += 1) {
    const at: number = found?.until ?? now;
    const window = (freezes ?? []).flatMap((freeze) => windowAt(freeze, at) ?? []).sort((a, b) => b.until - a.until)[0];
    if (window === undefined) return found;
    const reason: string | undefined = found === undefined ? window.reason : found.reason;
    found = { until: window.until, ...(reason === undefined ? {} : { reason }) };
  }
  return found;
}

function windowAt(freeze: Freeze, now: number): OpenFreeze | undefined {
  const reason = freeze.reason === undefined ? {} : { reason: freeze.reason };
  switch (freeze.kind) {
    case 'once':
      return now >= freeze.from && now < freeze.until ? { until: freeze.until, ...reason } : undefined;
    case 'weekly': {
      const local = localTime(now, freeze.timeZone);
      const length = freeze.until > freeze.from ? freeze.until - freeze.from : freeze.until + DAY_MINUTES - freeze.from;
      // One that began yesterday may still be open.
      for (const daysAgo of [0, 1]) {
        const day = WEEKDAYS[(local.weekday - daysAgo + 7) % 7];
        const since = local.minutes + daysAgo * DAY_MINUTES - freeze.from;
        if (day === undefined || !freeze.days.includes(day) || since < 0 || since >= length) continue;
        return { until: Math.floor(now / MINUTE_MS) * MINUTE_MS + (length - since) * MINUTE_MS, ...reason };
      }
      return undefined;
    }
  }
}

/** Monday is 0. A change of the clocks within a window moves its end by as much. */
function localTime(now: number, timeZone: string): { readonly weekday: number; readonly minutes: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  const weekday = WEEKDAYS.indexOf(part('weekday').toLowerCase() as Weekday);
  return { weekday, minutes: Number(part('hour')) * 60 + Number(part('minute')) };
}
