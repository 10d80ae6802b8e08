/** In which lists a request can be found, by what it has come to. */
import { describe, expect, it } from 'vitest';
import { indexing } from '../../src/application/indexes.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import { ALICE, APPROVED, CHECKING, FAILED, PENDING, REQUESTER, SUCCEEDED, T0, UNKNOWN } from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const rejected: RequestEvent = { type: 'rejected', by: ALICE, reason: 'no' };
const [asked, open, owned] = [`asked:${REQUESTER}`, `open:${REQUESTER}`, `owned:${REQUESTER}`];
const lists = ['waiting', 'decided', asked, open, owned].sort();

describe('a request is listed', () => {
  it.each<[string, readonly (RequestEvent | number)[], Record<string, number>]>([
    ['while it is checked', CHECKING, { [asked]: T0, [open]: T0 }],
    ['while it waits', PENDING, { [asked]: T0, [open]: T0, waiting: T0 }],
    [
      'once it is approved',
      [...PENDING, 5, ...APPROVED.slice(PENDING.length)],
      { [asked]: T0, [open]: T0, decided: T0 + 5 },
    ],
    ['while its outcome is unknown', UNKNOWN, { [asked]: T0, [open]: T0, decided: T0 }],
    ['once it failed', FAILED, { [asked]: T0, decided: T0 }],
    ['with its endpoint', SUCCEEDED, { [asked]: T0, [owned]: T0, decided: T0 }],
    ['once it was rejected', [...PENDING, 7, rejected], { [asked]: T0, decided: T0 + 7 }],
  ])('%s', (_when, history, expected) => {
    const { add, remove } = indexing(given(...history).request);
    expect(Object.fromEntries(add.map(({ name, score }) => [name, score]))).toEqual(expected);
    // Whatever it was before, it is nowhere else: but what somebody asked for they have always asked for.
    expect([...add.map(({ name }) => name), ...remove].sort()).toEqual(lists);
    expect(remove).not.toContain(asked);
  });

  it('only among the newest, where one looks back', () => {
    const { add } = indexing(given(...SUCCEEDED).request);
    expect(add.filter(({ keep }) => keep === 200).map(({ name }) => name)).toEqual([asked, 'decided']);
  });
});
