/** A short bombardment through the same code as `npm run fuzz`, with a seed that is fixed. */
import { expect, it } from 'vitest';
import { fuzz } from './run.ts';

it('a thousand malformed payloads change nothing, stop nothing, and a good request goes through after them', async () => {
  const { outcomes, memory } = await fuzz({ seed: 20_261_124, count: 1_000 });
  const all = [...outcomes.values()].flatMap((counts) => [...counts.values()]);
  expect(all.reduce((sum, times) => sum + times, 0)).toBe(1_000);
  for (const kind of [
    'slash_commands',
    'block_actions',
    'block_suggestion',
    'view_submission',
    'events_api',
    'bytes',
  ]) {
    expect(outcomes.get(`HTTP: ${kind}`)?.get('400'), kind).toBeGreaterThan(0);
  }
  expect(outcomes.get('Socket Mode: frames')?.get('left alone')).toBeGreaterThan(0);
  expect(outcomes.get('config file')?.get('refused')).toBeGreaterThan(0);
  expect(Object.keys(memory).sort()).toEqual(['http', 'socket']);
});
