/** Freeze windows: when one is open, and until when, in the time zone that it is written in. */
import { describe, expect, it } from 'vitest';
import { type Freeze, openFreeze, type Weekday } from '../../../src/domain/policy/freeze.ts';

const at = (iso: string): number => Date.parse(iso);
const once = (from: string, until: string, reason?: string): Freeze => ({
  kind: 'once',
  from: at(from),
  until: at(until),
  ...(reason === undefined ? {} : { reason }),
});
const clock = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const weekly = (days: readonly Weekday[], from: string, until: string, timeZone = 'UTC', reason?: string): Freeze => ({
  kind: 'weekly',
  days,
  from: clock(from),
  until: clock(until),
  timeZone,
  ...(reason === undefined ? {} : { reason }),
});
/** Until when it is frozen. */
const until = (freezes: readonly Freeze[] | undefined, now: string): string | undefined => {
  const open = openFreeze(freezes, at(now));
  return open === undefined ? undefined : new Date(open.until).toISOString().slice(0, 16);
};

describe('a window on a date', () => {
  const window = [once('2026-12-31T18:00+08:00', '2027-01-02T09:00+08:00')];

  it.each<[string, string | undefined]>([
    ['2026-12-31T09:59:59.999Z', undefined],
    ['2026-12-31T10:00:00Z', '2027-01-02T01:00'],
    ['2027-01-02T00:59:59.999Z', '2027-01-02T01:00'],
    ['2027-01-02T01:00:00Z', undefined],
  ])('at %s: %s', (now, end) => {
    expect(until(window, now)).toBe(end);
  });
});

// 2026-01-05 is a Monday.
describe('a weekly window', () => {
  it.each<[what: string, freeze: Freeze, now: string, end: string | undefined]>([
    ['before it', weekly(['mon'], '18:00', '20:00'), '2026-01-05T17:59Z', undefined],
    ['as it begins', weekly(['mon'], '18:00', '20:00'), '2026-01-05T18:00Z', '2026-01-05T20:00'],
    ['in its last minute', weekly(['mon'], '18:00', '20:00'), '2026-01-05T19:59:59.999Z', '2026-01-05T20:00'],
    ['as it ends', weekly(['mon'], '18:00', '20:00'), '2026-01-05T20:00Z', undefined],
    ['on another day', weekly(['mon'], '18:00', '20:00'), '2026-01-06T19:00Z', undefined],
    ['on one of several days', weekly(['mon', 'tue'], '18:00', '20:00'), '2026-01-06T19:00Z', '2026-01-06T20:00'],
    ['over midnight, before it', weekly(['fri'], '18:00', '08:00'), '2026-01-09T23:00Z', '2026-01-10T08:00'],
    ['over midnight, after it', weekly(['fri'], '18:00', '08:00'), '2026-01-10T07:59Z', '2026-01-10T08:00'],
    ['over midnight, too late', weekly(['fri'], '18:00', '08:00'), '2026-01-10T08:00Z', undefined],
    ['over midnight, the night before', weekly(['fri'], '18:00', '08:00'), '2026-01-09T07:00Z', undefined],
    ['from Sunday to Monday', weekly(['sun'], '22:00', '06:00'), '2026-01-05T05:00Z', '2026-01-05T06:00'],
    ['of a whole day', weekly(['sat'], '00:00', '00:00'), '2026-01-10T12:00Z', '2026-01-11T00:00'],
    ['of 24 hours from noon', weekly(['sat'], '12:00', '12:00'), '2026-01-11T11:59Z', '2026-01-11T12:00'],
    // 18:00 in Shanghai is 10:00 in UTC, and Friday there begins on Thursday here.
    ['in Shanghai', weekly(['fri'], '18:00', '20:00', 'Asia/Shanghai'), '2026-01-09T10:00Z', '2026-01-09T12:00'],
    ['in Shanghai, too early', weekly(['fri'], '18:00', '20:00', 'Asia/Shanghai'), '2026-01-09T09:59Z', undefined],
    [
      'on the day that it is in Shanghai',
      weekly(['fri'], '00:00', '02:00', 'Asia/Shanghai'),
      '2026-01-08T17:00Z',
      '2026-01-08T18:00',
    ],
    ['in New York', weekly(['sun'], '20:00', '23:00', 'America/New_York'), '2026-01-05T02:00Z', '2026-01-05T04:00'],
    ['half an hour off', weekly(['mon'], '09:00', '10:00', 'Asia/Kolkata'), '2026-01-05T03:30Z', '2026-01-05T04:30'],
  ])('%s', (_what, freeze, now, end) => {
    expect(until([freeze], now)).toBe(end);
  });

  it('keeps to the local clock in summer and in winter', () => {
    const berlin = [weekly(['mon'], '18:00', '20:00', 'Europe/Berlin')];
    expect(until(berlin, '2026-01-05T17:30Z')).toBe('2026-01-05T19:00');
    expect(until(berlin, '2026-07-06T17:30Z')).toBe('2026-07-06T18:00');
    expect(until(berlin, '2026-07-06T18:30Z')).toBeUndefined();
  });
});

describe('several windows', () => {
  it('are open until the last of them ends', () => {
    const both = [
      once('2026-01-05T10:00Z', '2026-01-05T12:00Z', 'first'),
      once('2026-01-05T10:00Z', '2026-01-05T14:00Z', 'second'),
    ];
    expect(until(both, '2026-01-05T11:00Z')).toBe('2026-01-05T14:00');
    expect(until(both.toReversed(), '2026-01-05T11:00Z')).toBe('2026-01-05T14:00');
    expect(until(both, '2026-01-05T13:00Z')).toBe('2026-01-05T14:00');
  });

  it('that join are one, with the reason of the first', () => {
    const joined = [
      once('2026-01-05T12:00Z', '2026-01-05T14:00Z', 'then this'),
      once('2026-01-05T10:00Z', '2026-01-05T12:00Z', 'first this'),
      once('2026-01-05T13:00Z', '2026-01-05T15:00Z'),
    ];
    expect(openFreeze(joined, at('2026-01-05T11:00Z'))).toEqual({
      until: at('2026-01-05T15:00Z'),
      reason: 'first this',
    });
  });

  it('that leave a minute between them are two', () => {
    const apart = [once('2026-01-05T10:00Z', '2026-01-05T12:00Z'), once('2026-01-05T12:01Z', '2026-01-05T14:00Z')];
    expect(until(apart, '2026-01-05T11:00Z')).toBe('2026-01-05T12:00');
    expect(until(apart, '2026-01-05T12:00:30Z')).toBeUndefined();
  });

  it('of two kinds join, too', () => {
    const weekend = [
      weekly(['fri'], '18:00', '00:00'),
      weekly(['sat', 'sun'], '00:00', '00:00'),
      once('2026-01-12T00:00Z', '2026-01-12T09:00Z'),
    ];
    expect(until(weekend, '2026-01-09T18:00Z')).toBe('2026-01-12T09:00');
  });

  it('that never end are told some weeks ahead, and go on then', () => {
    const always = [weekly(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], '00:00', '00:00')];
    const first = openFreeze(always, at('2026-01-05T12:00Z'));
    expect(first?.until).toBeGreaterThan(at('2026-01-12T00:00Z'));
    expect(openFreeze(always, first?.until ?? 0)).toBeDefined();
  });

  it.each([[undefined], [[]]])('%j keep nothing back', (freezes) => {
    expect(openFreeze(freezes, at('2026-01-05T12:00Z'))).toBeUndefined();
  });

  it('without a reason have none', () => {
    const open = openFreeze([once('2026-01-05T10:00Z', '2026-01-05T12:00Z')], at('2026-01-05T11:00Z'));
    expect(open).toEqual({ until: at('2026-01-05T12:00Z') });
  });
});
