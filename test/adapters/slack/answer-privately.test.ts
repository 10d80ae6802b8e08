/** An answer to one person takes the first way that is open: response URL, conversation, direct message. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { type AnswerPrivately, createAnswerPrivately } from '../../../src/adapters/slack/answer-privately.ts';

let slack: LocalSlack;
let answer: AnswerPrivately;
const warned: string[] = [];

beforeAll(async () => {
  slack = await startLocalSlack({ signingSecret: 'secret-secret', botToken: 'xoxb-local' });
  const log = { info() {}, error() {}, warn: (_fields: object, message: string) => void warned.push(message) };
  answer = createAnswerPrivately({ token: 'xoxb-local', apiUrl: slack.apiUrl, log });
});
beforeEach(() => {
  warned.length = 0;
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

it('is not said again when it may have been seen, and fails nobody', async () => {
  slack.faults.add({ method: 'chat.postEphemeral', when: 'after', kind: 'reset' });
  await answer({ user: 'U0BEN', channel: 'C0DATA' }, 'too late');
  expect([ephemerals(), directs()]).toEqual([1, 0]);
  expect(warned).toContain('an answer to one person was not taken');
});
