/** Small readings: how long to wait, and what of a foreign text may be shown. */
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../src/adapters/alibaba-cloud/retry-after.ts';
import { safeText } from '../../../src/adapters/alibaba-cloud/safe-text.ts';

describe('safeText', () => {
  it.each([
    ['key LTAI5tABCDEFGHIJKLMNOPQR, token STS.NUabc/def+ghi=jkl', 'key [redacted], token [redacted]'],
    ['secret 0123456789abcdefghijABCDEFGHIJ end', 'secret [redacted] end'],
    ['InstanceStatusNotSupportCurrentAction', 'InstanceStatusNotSupportCurrentAction'],
    ['epsrv-hp3xdsq46ael67lo0001 in cn-hangzhou-i', 'epsrv-hp3xdsq46ael67lo0001 in cn-hangzhou-i'],
    ['id F99407AB-2FA9-489E-A259-40CF6DCC47D9', 'id F99407AB-2FA9-489E-A259-40CF6DCC47D9'],
    [' a\n\tb\u2028c\u0000d ', 'a b c d'],
  ])('%j', (text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  it('keeps 300 characters, and none of them in half', () => {
    const text = safeText('🙂 '.repeat(400));
    expect([...text]).toHaveLength(300);
    expect(text.endsWith('…')).toBe(true);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2025-06-01T00:00:00Z');
  it.each([
    [{}, undefined],
    [{ 'retry-after': '5' }, 5_000],
    [{ 'retry-after': '3600' }, 3_600_000],
    [{ 'retry-after': '5000' }, 5_000],
    [{ 'retry-after': '99999999999' }, 3_600_000],
    [{ 'retry-after': 'Sun, 01 Jun 2025 00:00:20 GMT' }, 20_000],
    [{ 'retry-after': 'Sat, 31 May 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '9', 'x-acs-retry-after': '250' }, 250],
    [{ 'retry-after': '9', 'x-acs-retry-after': 'x' }, 9_000],
  ])('%j', (headers, expected) => {
    expect(retryAfterMs(headers as Record<string, string>, now)).toBe(expected);
  });
});
