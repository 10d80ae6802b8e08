/** What must be true at the end of a combination, wherever people and the cloud can see it. */
import { expect } from 'vitest';
import { textOf } from '../../sandbox/journey.ts';
import { type Story, says } from '../support/story.ts';
import type { Ending } from './oracle.ts';

type Made = Extract<Ending, { kind: 'made' }>;

const DIFFERS = 'Alibaba Cloud answered with the service id';

/** Refused before anybody was asked, and the approvers know what the dry run did. */
export async function checkAlarm(story: Story, requester: string, alarms: string): Promise<void> {
  await story.hears(requester, 'although it was asked only for a dry run', 40_000);
  const alert = await story.slack.waitFor(() => story.messages().find(says('A dry run created an endpoint')), {
    timeoutMs: 40_000,
    what: 'the alert',
  });
  const [made, ...others] = story.endpoints();
  expect(others).toEqual([]);
  expect(alert.channel).toBe(alarms);
  expect(textOf(alert)).toContain(made?.endpointId);
  expect(story.creates()).toEqual([]);
  expect(story.dryRuns()).toHaveLength(1);
  expect(story.cards()).toEqual([]);
  expect(story.results()).toEqual([]);
  expect(story.doubled()).toEqual([]);
}

/** One endpoint, told once everywhere. */
export function checkMade(story: Story, { sends, serviceDiffers }: Made, results: string): void {
  const [endpoint, ...others] = story.endpoints();
  expect(others).toEqual([]);
  expect(story.creates()).toHaveLength(sends);
  expect(new Set(story.creates().map(({ clientToken }) => clientToken)).size).toBe(1);
  expect(story.creates().filter(({ made }) => made !== undefined)).toHaveLength(1);
  expect(story.dryRuns().filter(({ clientToken, made }) => clientToken !== undefined || made !== undefined)).toEqual(
    [],
  );
  expect(story.cards()).toHaveLength(1);
  const [result, ...more] = story.results();
  expect(more).toEqual([]);
  expect(result?.channel).toBe(results);
  expect(result === undefined ? '' : textOf(result)).toContain(endpoint?.domain);
  for (const message of [...story.cards(), ...story.results()]) {
    expect(textOf(message).includes(DIFFERS)).toBe(serviceDiffers);
    expect(textOf(message)).not.toMatch(/more endpoints? turned up|Another endpoint/);
  }
  for (const once of [/asked for it/g, /<@U0BEN> approved it/g, /its domain is/g]) {
    expect(story.told().match(once)).toHaveLength(1);
  }
  expect(story.told()).not.toContain('<@U0EVE> approved it');
  expect(story.doubled()).toEqual([]);
}

/** The last line is as true as the cloud lets anybody know. */
export async function checkConnection(story: Story, ending: Made, timeoutMs: number): Promise<void> {
  const accepts = story.cloud.calls.filter(({ action }) => action === 'EnableVpcEndpointConnection');
  if (ending.connection === 'up') {
    await story.threadSays('The connection is up', timeoutMs);
    await story.cardSays('Connection: up.', timeoutMs);
    await story.slack.waitFor(() => story.results().some(says('Connection: up.')), {
      timeoutMs,
      what: 'a result that says that the connection is up',
    });
    expect(story.told().match(/The connection is up/g)).toHaveLength(1);
  } else {
    for (const message of [...story.cards(), ...story.results()])
      expect(textOf(message)).not.toContain('Connection: up.');
  }
  expect(accepts.filter(({ outcome }) => outcome === 'ok')).toHaveLength(ending.acceptances);
  expect(new Set(accepts.map(({ query }) => query.ClientToken)).size).toBeLessThanOrEqual(1);
  expect(story.creates()).toHaveLength(ending.sends);
  expect(story.endpoints()).toHaveLength(1);
  expect(story.results()).toHaveLength(1);
  expect(story.doubled()).toEqual([]);
}
