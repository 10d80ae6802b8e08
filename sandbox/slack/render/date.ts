/** A date token as Slack writes it out: its format filled in, in the reader's own time zone. */

/** @param inner what stands between the brackets: `!date^<seconds>^<format>^<link>|<fallback>`. */
export function writtenDate(inner: string, timeZone = 'UTC', nowMs = Date.now()): string {
  const bar = inner.lastIndexOf('|');
  const fallback = bar < 0 ? inner : inner.slice(bar + 1);
  const [, seconds = '', format = ''] = (bar < 0 ? inner : inner.slice(0, bar)).split('^');
  if (!/^\d+$/.test(seconds) || format === '') return fallback;
  const at = new Date(Number(seconds) * 1_000);
  if (Number.isNaN(at.getTime())) return fallback;
  const said = format.replace(/\{([a-z_]+)\}/g, (whole, token: string) => filled(token, at, timeZone, nowMs) ?? whole);
  // A client shows the fallback where it does not know a token.
  return /\{[a-z_]+\}/.test(said) ? fallback : said;
}

function filled(token: string, at: Date, timeZone: string, nowMs: number): string | undefined {
  if (token.endsWith('_pretty')) {
    return relativeDay(at, timeZone, nowMs) ?? filled(token.slice(0, -'_pretty'.length), at, timeZone, nowMs);
  }
  const say = (options: Intl.DateTimeFormatOptions, locale = 'en-US') =>
    // Newer ICU data puts a narrow space before AM and PM.
    at.toLocaleString(locale, { timeZone, ...options }).replaceAll('\u202f', ' ');
  const numbers = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  switch (token) {
    case 'date_num':
      return say(numbers, 'sv-SE');
    case 'date':
      return `${say({ month: 'long' })} ${ordinal(Number(say({ day: 'numeric' })))}, ${say({ year: 'numeric' })}`;
    case 'date_short':
      return say({ month: 'short', day: 'numeric', year: 'numeric' });
    case 'date_long':
      return `${say({ weekday: 'long' })}, ${filled('date', at, timeZone, nowMs)}`;
    case 'time':
      return say({ hour: 'numeric', minute: '2-digit' });
    case 'time_secs':
      return say({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
    default:
      return undefined;
  }
}

function relativeDay(at: Date, timeZone: string, nowMs: number): string | undefined {
  const dayOf = (date: Date) => Date.parse(date.toLocaleDateString('sv-SE', { timeZone }));
  const days = Math.round((dayOf(at) - dayOf(new Date(nowMs))) / 86_400_000);
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : undefined;
}

function ordinal(day: number): string {
  const teens = day >= 11 && day <= 13;
  const ends = ['th', 'st', 'nd', 'rd'];
  return `${day}${(teens ? undefined : ends[day % 10]) ?? 'th'}`;
}
