/** The analysis against trying everything, on thousands of small policies. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atomsOf } from '../../../../src/domain/policy/analysis/atoms.ts';
import { tally } from '../../../../src/domain/policy/analysis/explain.ts';
import { provedNever } from '../../../../src/domain/policy/analysis/never.ts';
import { unreachableRules } from '../../../../src/domain/policy/analysis/unreachable.ts';
import { matchesGlob } from '../../../../src/domain/policy/glob.ts';
import { matchRule } from '../../../../src/domain/policy/match.ts';
import { escalated, mayActAlone } from '../../../../src/domain/policy/progress.ts';
import { canHappen, rulesReached, vectorsOf } from './brute-force.ts';
import { ACCOUNTS, smallClaim, smallGlobs, smallPolicy } from './small-policies.ts';

const RUNS = 10_000;

test('a claim is proved if and only if nothing that anybody can do makes it true; a counterexample is one', () => {
  const seen = { proved: 0, refuted: 0, empty: 0 };
  fc.assert(
    fc.property(smallPolicy, smallClaim, (rules, claim) => {
      const verdict = provedNever(rules, ACCOUNTS, claim);
      const tried = canHappen(rules, claim);
      const right = tried === 'empty' ? 'empty' : tried ? 'refuted' : 'proved';
      // Ten thousand times: the assertion is made where it fails.
      if (verdict.kind === 'too-many' || verdict.kind !== right) return expect(verdict.kind).toBe(right);
      seen[verdict.kind] += 1;
      if (verdict.kind !== 'refuted') return;

      const { subject, rule, way } = verdict;
      expect(matchRule(rules, subject)).toBe(rule);
      switch (way.kind) {
        case 'auto-approval':
        case 'steps':
          expect(tally(rule, subject.requester, way.clicks)).toMatchObject({ decision: 'approved', ignored: [] });
          break;
        case 'escalation':
          expect(tally(escalated(rule), subject.requester, way.clicks)).toMatchObject({ decision: 'approved' });
          break;
        case 'emergency':
          expect(way.clicks.map(({ user, groups }) => mayActAlone(rule, user, groups))).toEqual([true]);
      }
    }),
    { numRuns: RUNS },
  );
  // Neither answer is rare, or the comparison would say little.
  expect(seen.proved).toBeGreaterThan(RUNS / 10);
  expect(seen.refuted).toBeGreaterThan(RUNS / 10);
});

test('a rule is unreachable if and only if no request falls under it', () => {
  fc.assert(
    fc.property(smallPolicy, (rules) => {
      const unreachable = unreachableRules(rules, ACCOUNTS);
      const reached = rulesReached(rules);
      const names = unreachable === 'too-many' ? unreachable : unreachable.map(({ rule }) => rule.name);
      expect(names).toEqual(rules.map(({ name }) => name).filter((name) => !reached.has(name)));
    }),
    { numRuns: 2_000 },
  );
});

test('patterns are told apart exactly, each combination by an id that has it', () => {
  fc.assert(
    fc.property(smallGlobs, (globs) => {
      const atoms = atomsOf(globs);
      if (atoms === 'too-many') throw new Error('so few can’t be too many');
      const vectors = atoms.map(({ matches }) => matches.map(Number).join(''));
      expect(new Set(vectors)).toEqual(vectorsOf(globs));
      expect(new Set(vectors).size).toBe(vectors.length);
      for (const { example, matches } of atoms)
        expect(globs.map((glob) => matchesGlob(glob, example))).toEqual(matches);
    }),
    { numRuns: 2_000 },
  );
});
