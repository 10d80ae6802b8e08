/** What most tests of the local Slack start from: the sample workspace, a scripted bot, a moveable clock. */
import { afterEach } from 'vitest';
import type { LocalSlack, LocalSlackOptions } from '../../../sandbox/slack/local-slack.ts';
import { startLocalSlack } from '../../../sandbox/slack/local-slack.ts';
import type { Json } from '../../../sandbox/slack/model.ts';
import type { ScriptedBot } from './scripted-bot.ts';
import { startScriptedBot } from './scripted-bot.ts';

export const SECRET = 'a signing secret';
export const TOKEN = 'xoxb-local';

export type Stage = {
  slack: LocalSlack;
  bot: ScriptedBot;
  /** Moves Slack's clock. */
  advance: (ms: number) => void;
  api: (method: string, args?: Json) => Promise<Json>;
};

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

export async function setStage(options: Partial<LocalSlackOptions> = {}): Promise<Stage> {
  let offset = 0;
  const now = (): number => Date.now() + offset;
  const bot = await startScriptedBot();
  const slack = await startLocalSlack({ signingSecret: SECRET, botToken: TOKEN, now, ...options });
  cleanups.push(slack.stop, bot.stop);
  slack.connectBot(bot.url);
  return {
    slack,
    bot,
    advance: (ms) => {
      offset += ms;
    },
    api: (method, args = {}) => callApi(slack, method, args),
  };
}

export async function callApi(slack: LocalSlack, method: string, args: Json, token = TOKEN): Promise<Json> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Json;
}

export const plain = (text: string): Json => ({ type: 'plain_text', text });
export const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
export const section = (text: string, more: Json = {}): Json => ({ type: 'section', text: mrkdwn(text), ...more });
export const button = (actionId: string, more: Json = {}): Json => ({
  type: 'button',
  action_id: actionId,
  text: plain(actionId),
  value: 'v',
  ...more,
});
export const input = (id: string, element: Json, more: Json = {}): Json => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { action_id: id, ...element },
  ...more,
});
export const modal = (callbackId: string, blocks: Json[], more: Json = {}): Json => ({
  type: 'modal',
  callback_id: callbackId,
  title: plain('A modal'),
  submit: plain('Submit'),
  close: plain('Cancel'),
  blocks,
  ...more,
});
export const option = (value: string): Json => ({ text: plain(value), value });
