/** The words in which it is claimed that something never happens. */
import { describe, expect, it } from 'vitest';
import { parseClaim } from '../../../../src/domain/policy/analysis/claim.ts';

const ACCOUNTS = ['production', 'staging'];
const NOBODY = { users: [], groups: [] };

describe('a claim', () => {
  it.each([
    ['the requester alone creates', { who: { kind: 'requester' }, action: 'create', without: NOBODY }],
    ['one person alone deletes', { who: { kind: 'fewer-than', count: 2 }, action: 'delete', without: NOBODY }],
    ['Anyone alone creates', { who: { kind: 'fewer-than', count: 2 }, action: 'create', without: NOBODY }],
    ['nobody creates', { who: { kind: 'fewer-than', count: 1 }, action: 'create', without: NOBODY }],
    ['fewer than 3 people create', { who: { kind: 'fewer-than', count: 3 }, action: 'create', without: NOBODY }],
    ['U0BEN alone creates', { who: { kind: 'user', user: 'U0BEN' }, action: 'create', without: NOBODY }],
    ['anyone  deletes', { who: { kind: 'anyone' }, action: 'delete', without: NOBODY }],
    [
      'anyone creates for 7d on es-cn-* in production without S0A asked by U0ANN without U0BEN',
      {
        who: { kind: 'anyone' },
        action: 'create',
        lifetime: '7d',
        instance: 'es-cn-*',
        account: 'production',
        askedBy: { users: ['U0ANN'], groups: [] },
        without: { users: ['U0BEN'], groups: ['S0A'] },
      },
    ],
  ])('is understood: %s', (text, claim) => {
    expect(parseClaim(text, ACCOUNTS)).toEqual({ ok: true, claim });
  });

  it.each([
    ['', 0, 'the requester alone'],
    ['somebody creates', 0, '<U…> alone'],
    ['the requester creates', 14, 'alone'],
    ['U0BEN creates', 6, 'alone'],
    ['fewer than no people create', 11, 'a number from 1'],
    ['fewer than 0 people create', 11, 'a number from 1'],
    ['fewer than 2 persons create', 13, 'people'],
    ['nobody', 6, 'creates'],
    ['nobody creats', 7, 'creates'],
    ['nobody creates at production', 15, 'in <account>'],
    ['nobody creates in prod', 18, 'production'],
    ['nobody creates in', 17, 'staging'],
    ['nobody creates for 2d', 19, '7d'],
    ['nobody creates on es-{a,b}', 18, 'a pattern of instances, such as es-cn-*'],
    ['nobody creates asked by ben', 24, 'a user group’s id, S…'],
    ['nobody creates in staging in production', 26, 'on <pattern>'],
  ])('is not understood, and where: %s', (text, at, expected) => {
    expect(parseClaim(text, ACCOUNTS)).toMatchObject({ ok: false, at, expected: expect.arrayContaining([expected]) });
  });
});
