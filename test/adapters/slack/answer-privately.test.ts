/** An answer to one person takes the first way that is open: response URL, conversation, direct message. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { type AnswerPrivately, createAnswerPrivately } from '../../../src/adapters/slack/answer-privately.ts';

let slack: LocalSlack;
let answer: AnswerPrivately;
const warned: string[] = [];
const pauses: number[] = [];

beforeAll(async () => {
  slack = await startLocalSlack({ signingSecret: 'secret-secret', botToken: 'xoxb-local' });
  const log = { info() {}, error() {}, warn: (_fields: object, message: string) => void warned.push(message) };
  const pause = async (ms: number) => void pauses.push(ms);
  answer = createAnswerPrivately({ token: 'xoxb-local', apiUrl: slack.apiUrl, log, pause });
});
beforeEach(() => {
  warned.length = 0;
  pauses.length = 0;
  slack.workspace.messages.length = 0;
});
afterAll(() => slack?.stop());

const ephemerals = () => slack.as('U0BEN').ephemerals('C0DATA').length;
const directs = () => slack.as('U0BEN').dms().length;

it('goes to the conversation when there is no response URL, or it is used up', async () => {
  await answer({ user: 'U0BEN', channel: 'C0DATA' }, 'too late');
  expect([ephemerals(), directs()]).toEqual([1, 0]);
  const usedUp = `${new URL(slack.apiUrl).origin}/response/nothing`;
  await answer({ user: 'U0BEN', channel: 'C0DATA', responseUrl: usedUp }, 'too late');
  expect([ephemerals(), directs()]).toEqual([2, 0]);
});

it('goes to the person directly where the bot can not write', async () => {
  await answer({ user: 'U0BEN', channel: 'C0SECRET' }, 'too late');
  await answer({ user: 'U0BEN' }, 'too late');
  expect([ephemerals(), directs()]).toEqual([0, 2]);
});

it('is said again as long as it may not have been seen, with ever longer pauses', async () => {
  slack.faults.add({ method: 'chat.postEphemeral', kind: 'reset' });
  slack.faults.add({ method: 'chat.postEphemeral', kind: 'rate_limited' });
  await answer({ user: 'U0BEN', channel: 'C0DATA' }, 'too late');
  expect([ephemerals(), directs()]).toEqual([1, 0]);
  expect(pauses).toEqual([1_000, 2_000]);
  expect(warned).not.toContain('an answer to one person was not taken');
});

it('is given up after a while, and fails nobody', async () => {
  slack.faults.add({ method: 'chat.postEphemeral', kind: 'server_error', times: 4 });
  await answer({ user: 'U0BEN', channel: 'C0DATA' }, 'too late');
  expect([ephemerals(), directs()]).toEqual([0, 0]);
  expect(pauses).toHaveLength(3);
  expect(warned).toContain('an answer to one person was not taken');
});
