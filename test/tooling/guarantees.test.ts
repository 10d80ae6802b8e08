/** docs/guarantees.md: each promise says what it rests on, what would defeat it, and tests that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const PAGE = readFileSync('docs/guarantees.md', 'utf8');
const REFERENCE = /`(test\/[^`]+)` "([^"]+)"/g;

/** A promise is a heading with a body of its own. */
const promises = PAGE.split(/^#{2,3} /m)
  .slice(1)
  .map((section) => ({ name: section.split('\n', 1)[0] ?? '', body: section.split('\n').slice(1).join('\n').trim() }))
  .filter(({ body }) => body !== '');

it('has promises, each with all three', () => {
  expect(promises.length).toBeGreaterThan(12);
  for (const { name, body } of promises) {
    for (const part of ['**Rests on**', '**Would defeat it**', '**Shown by**']) {
      expect(body.includes(part), `${name}: ${part}`).toBe(true);
    }
    expect([...body.matchAll(REFERENCE)].length, name).toBeGreaterThan(0);
  }
});

it('names tests that are there', () => {
  const missing = [...PAGE.matchAll(REFERENCE)]
    .map(([, file = '', title = '']) => ({ file, title }))
    .filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title));
  expect(missing).toEqual([]);
  expect(PAGE.match(/test\/[\w/.-]+/g)?.length).toBe([...PAGE.matchAll(REFERENCE)].length);
});
