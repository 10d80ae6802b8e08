/** A date token as Slack writes it out: its format filled in, in the reader's own time zone and language. */

interface Reader {
  readonly timeZone: string;
  readonly locale: string;
}

/** @param inner what stands between the brackets: `!date^<seconds>^<format>^<link>|<fallback>`. */
export function writtenDate(
  inner: string,
  { timeZone = 'UTC', locale = 'en-US' }: Partial<Reader> = {},
  nowMs = Date.now(),
): string {
  const bar = inner.lastIndexOf('|');
  const fallback = bar < 0 ? inner : inner.slice(bar + 1);
  const [, seconds = '', format = ''] = (bar < 0 ? inner : inner.slice(0, bar)).split('^');
  if (!/^\d+$/.test(seconds) || format === '') return fallback;
  const at = new Date(Number(seconds) * 1_000);
  if (Number.isNaN(at.getTime())) return fallback;
  const said = format.replace(
    /\{([a-z_]+)\}/g,
    (whole, token: string) => filled(token, at, { timeZone, locale }, nowMs) ?? whole,
  );
  // A client shows the fallback where it does not know a token.
  return /\{[a-z_]+\}/.test(said) ? fallback : said;
}

function filled(token: string, at: Date, reader: Reader, nowMs: number): string | undefined {
  if (token.endsWith('_pretty')) {
    return relativeDay(at, reader, nowMs) ?? filled(token.slice(0, -'_pretty'.length), at, reader, nowMs);
  }
  const { timeZone, locale } = reader;
  const isEnglish = locale.startsWith('en');
  const say = (options: Intl.DateTimeFormatOptions, as = locale) =>
    // Newer ICU data puts a narrow space before AM and PM.
    at.toLocaleString(as, { timeZone, ...options }).replaceAll('\u202f', ' ');
  const numbers = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  switch (token) {
    case 'date_num':
      return say(numbers, 'sv-SE');
    case 'date':
      if (!isEnglish) return say({ year: 'numeric', month: 'long', day: 'numeric' });
      return `${say({ month: 'long' })} ${ordinal(Number(say({ day: 'numeric' })))}, ${say({ year: 'numeric' })}`;
    case 'date_short':
      return say({ month: 'short', day: 'numeric', year: 'numeric' });
    case 'date_long':
      if (!isEnglish) return say({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
      return `${say({ weekday: 'long' })}, ${filled('date', at, reader, nowMs)}`;
    case 'time':
      return say({ hour: 'numeric', minute: '2-digit' });
    case 'time_secs':
      return say({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
    default:
      return undefined;
  }
}

function relativeDay(at: Date, { timeZone, locale }: Reader, nowMs: number): string | undefined {
  const dayOf = (date: Date) => Date.parse(date.toLocaleDateString('sv-SE', { timeZone }));
  const days = Math.round((dayOf(at) - dayOf(new Date(nowMs))) / 86_400_000);
  if (Math.abs(days) > 1) return undefined;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

function ordinal(day: number): string {
  const teens = day >= 11 && day <= 13;
  const ends = ['th', 'st', 'nd', 'rd'];
  return `${day}${(teens ? undefined : ends[day % 10]) ?? 'th'}`;
}
