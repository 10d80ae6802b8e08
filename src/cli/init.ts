/** `init`: asks a few questions, writes the config file, and runs the doctor on it. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createSlackExaminer } from '../adapters/slack/examine.ts';
import { createNames } from '../adapters/slack/list-names.ts';
import { createLog } from '../adapters/telemetry/log.ts';
import { readConfigFile } from '../config/config-file.ts';
import { configText } from '../config/write-config.ts';
import { type Asker, createAsker, NoMoreAnswers } from './ask.ts';
import { runDoctor } from './doctor.ts';
import { askAccounts } from './init-accounts.ts';
import { askApproval } from './init-approval.ts';
import { EXIT_MISUSED, misused } from './misused.ts';
import { readOptions } from './options.ts';

export async function init(given: readonly string[]): Promise<number> {
  const read = readOptions(given, { output: { type: 'string' }, force: { type: 'boolean' } });
  if (!read.ok) return misused(read.said, 'init');
  const output = read.values.output ?? (process.env.CONFIG_FILE?.trim() || 'vpc-endpoint.yml');
  const asker = createAsker(process.stdin, process.stdout);
  let botToken: string;
  try {
    botToken = await botTokenFrom(asker);
    const text = await askForConfig(asker, botToken);
    asker.say(`\n${text}`);
    if (!(await write(asker, output, text, read.values.force === true))) return notWritten('nothing was written');
  } catch (error) {
    if (error instanceof NoMoreAnswers) return notWritten(`${error.message}; nothing was written`);
    return notWritten(`${error instanceof Error ? error.message : String(error)}; nothing was written`);
  } finally {
    asker.close();
  }
  asker.say(`${output} is written. Now everything that it names is looked at.\n`);
  return await runDoctor({ ...process.env, SLACK_BOT_TOKEN: botToken, CONFIG_FILE: output });
}

function notWritten(said: string): number {
  process.stderr.write(`\nvpc-endpoint-bot init: ${said}\n`);
  return EXIT_MISUSED;
}

/** The secrets stay where they are: what is missing is only said. */
async function botTokenFrom(asker: Asker): Promise<string> {
  const known = process.env.SLACK_BOT_TOKEN?.trim();
  if (!known) {
    asker.say('SLACK_BOT_TOKEN is not set. It is asked for here, and not written down: the bot reads it from there.');
  }
  if (!process.env.SLACK_APP_TOKEN && !process.env.SLACK_SIGNING_SECRET) {
    asker.say(
      'Neither SLACK_APP_TOKEN (xapp-…, for Socket Mode) nor SLACK_SIGNING_SECRET (for HTTP) is set.\nThe bot needs one of them, and the check at the end does not run without it.',
    );
  }
  return known || (await asker.askSecret('Bot token, xoxb-… (app’s page → OAuth & Permissions)'));
}

async function askForConfig(asker: Asker, token: string): Promise<string> {
  const apiUrl = apiUrlFrom(process.env.SLACK_API_URL);
  const log = createLog({ level: 'silent' });
  const identity = await createSlackExaminer({ token, appToken: undefined, apiUrl, log }).identify();
  switch (identity.kind) {
    case 'refused':
      throw new Error(`Slack refuses the bot token (${identity.error}): copy it again from the app’s page`);
    case 'unknown':
      throw new Error(`Slack does not answer (${identity.error}): check the network, and SLACK_API_URL if it is set`);
    case 'identified':
      asker.say(`Workspace: ${identity.team} (${identity.teamId})`);
  }
  const accounts = await askAccounts(asker);
  const { config, named } = await askApproval(asker, createNames({ token, apiUrl, log }), identity.teamId);
  const text = configText({ accounts, ...config }, named);
  const parsed = readConfigFile(text, 'the config file');
  if (!parsed.ok) {
    throw new Error(parsed.problems.map(({ where, message }) => `${where}: ${message}`).join('\n'));
  }
  return text;
}

function apiUrlFrom(typed: string | undefined): string {
  const url = typed?.trim() || 'https://slack.com/api/';
  return url.endsWith('/') ? url : `${url}/`;
}

/** Whole or not at all. @returns whether it was wanted. */
async function write(asker: Asker, output: string, text: string, force: boolean): Promise<boolean> {
  const there = existsSync(output);
  const wanted =
    (there && force) ||
    (await (there
      ? asker.confirm(`${output} is there already. Overwrite it?`, false)
      : asker.confirm(`Write this to ${output}?`, true)));
  if (!wanted) return false;
  const draft = `${output}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, output);
  } finally {
    await rm(draft, { force: true });
  }
  return true;
}
