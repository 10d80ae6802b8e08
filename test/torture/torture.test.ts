/** A short torture with a fixed seed, through the same code as `npm run torture`. */
import { describe, expect, it } from 'vitest';
import { neverStruck } from './counts.ts';
import { RIVAL } from './rival.ts';
import { torture } from './run.ts';
import { complaints, wrongs } from './table.ts';

const SEED = 20_261_130;
const COMMON = { seed: SEED, stormEvery: 12, frozenMs: 6_000 };

describe('torture', () => {
  it('of three replicas, by everything that can go wrong at once: no wrong outcome in 200 requests', async () => {
    const { verdict, counts, amiss } = await torture({ ...COMMON, requests: 200 });
    expect(complaints(verdict)).toEqual([]);
    expect(amiss).toEqual([]);
    expect(neverStruck(counts)).toEqual([]);
  }, 900_000);

  it('of the naive rival, by the same: the judge can tell', async () => {
    const { verdict } = await torture({ ...COMMON, requests: 30, rival: RIVAL });
    expect(wrongs(verdict)).toBeGreaterThan(0);
    expect(verdict['stale cards']).not.toEqual([]);
  }, 600_000);
});
