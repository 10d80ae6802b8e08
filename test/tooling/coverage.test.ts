/** What the stand-ins say that they know of their vendors, against the tests, the code and the page for readers. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assumptionsPage, MATRICES } from '../../sandbox/assumptions.ts';
import { METHODS } from '../../sandbox/slack/methods/all.ts';
import { missingTest } from '../support/missing-test.ts';
import { sourceFiles } from '../support/source-files.ts';

/** A matrix with fewer entries than this was not looked at. */
const AT_LEAST = 40;

/** The Web API methods that the bot's code calls. */
function calledMethods(): readonly string[] {
  const families = 'apps|auth|chat|conversations|team|usergroups|users|views';
  const direct = new RegExp(`\\.((?:${families})(?:\\.[a-z]+)*\\.[a-zA-Z]+)\\(`, 'g');
  const byName = /apiCall\('([a-zA-Z.]+)'/g;
  const called = sourceFiles('src').flatMap(({ text }) =>
    [...text.matchAll(direct), ...text.matchAll(byName)].map(([, method]) => String(method)),
  );
  // A list of users has methods too, those of every list.
  return [...new Set(called)].filter((method) => !(String(method.split('.').at(-1)) in [])).sort();
}

it('a test that is not there would be noticed', () => {
  const here = 'test/tooling/coverage.test.ts';
  expect(missingTest(`${here} "a test that is not there would be noticed"`)).toBeUndefined();
  expect(missingTest(`${here} "another ${'title'}"`)).toContain('is called: another title');
  expect(missingTest('test/nowhere.test.ts "a title"')).toContain('no such file');
  expect(missingTest('')).toContain('not a file and a title');
});

describe.each(MATRICES)('what is known of $vendor', ({ vendor, entries, switches }) => {
  it('is a list worth looking at, without doubles', () => {
    expect(entries.length).toBeGreaterThanOrEqual(AT_LEAST);
    const ids = entries.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('is shown by a test that is there, or says why it is not played', () => {
    for (const { id, done, testedBy, note = '' } of entries) {
      if (done) expect(missingTest(testedBy), id).toBeUndefined();
      else expect([testedBy, note === '' ? 'no reason' : 'a reason'], id).toEqual(['', 'a reason']);
    }
  });

  it('has a switch for what could be otherwise, or says why it needs none', () => {
    const doubtful = entries.filter(({ done, certainty }) => done && certainty !== 'run' && certainty !== 'read');
    expect(doubtful.length).toBeGreaterThan(0);
    expect(doubtful.filter(({ switch: name, note }) => name === undefined && note === undefined)).toEqual([]);
  });

  it('names every switch, and no other', () => {
    const named = new Set(entries.flatMap(({ switch: name }) => (name === undefined ? [] : [name])));
    expect([...named].sort(), vendor).toEqual(Object.keys(switches).sort());
  });
});

describe('the methods of Slack’s Web API', () => {
  const entries = new Map(MATRICES.find(({ vendor }) => vendor === 'Slack')?.entries.map((entry) => [entry.id, entry]));

  it('that the local Slack has are in its matrix, as done', () => {
    expect(METHODS.size).toBeGreaterThan(15);
    expect([...METHODS.keys()].filter((method) => entries.get(method)?.done !== true)).toEqual([]);
  });

  it('that the bot calls are in the matrix, as done', () => {
    const called = calledMethods();
    expect(called).toContain('chat.postMessage');
    expect(called.length).toBeGreaterThan(8);
    expect(called.filter((method) => entries.get(method)?.done !== true)).toEqual([]);
  });
});

describe('docs/assumptions.md', () => {
  it('is what the script would write', () => {
    expect(readFileSync('docs/assumptions.md', 'utf8')).toBe(assumptionsPage());
  });
});
