/** What is measured and what is counted, by name. */

/** Of each request, in milliseconds. */
export const MEASURES = ['slash → ack', 'click → ack', 'click → create', 'click → domain'] as const;
export type Measure = (typeof MEASURES)[number];

/** How many requests are in flight. */
export const CROWDS = [1, 16] as const;
export type Crowd = (typeof CROWDS)[number];

/** Where Slack and the cloud are not on the same machine, as they never are: so much longer does each call to them take. */
export const AWAY_MS = 50;

export const TROUBLES = ['double click', 'lost reply of the create', 'SIGKILL during the create'] as const;
export type Trouble = (typeof TROUBLES)[number];

export const WRONGS = [
  'several creates',
  'not one endpoint',
  'stale card with buttons',
  'silent click',
  'unfinished',
] as const;
export type Wrong = (typeof WRONGS)[number];
