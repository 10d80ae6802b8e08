#!/usr/bin/env node
/** `vpc-endpoint-bot <command>`: what operators run. */
import { EXIT_MISUSED, misused } from './cli/misused.ts';
import { COMMAND_NAMES, type CommandName, usage, usageOf } from './cli/usage.ts';
import { nearest } from './config/values.ts';

/** For output that is still on its way. */
const LAST_WORDS_MS = 1_000;

process.exitCode = await dispatch(process.argv.slice(2));
// The bot goes on; of the others nothing is waited for that was given up, such as a call without an answer.
if (process.argv[2] !== 'start') setTimeout(() => process.exit(), LAST_WORDS_MS).unref();

async function dispatch(words: readonly string[]): Promise<number> {
  const [first] = words;
  if (first === undefined || first === '--help' || first === '-h') return print(usage);
  if (first === 'help') return words.length === 1 ? print(usage) : helpAbout(words.slice(1));
  const name = commandIn(words);
  if (name === undefined) return notUnderstood(words);
  const given = words.slice(name.split(' ').length);
  if (given.includes('--help') || given.includes('-h')) return print(usageOf(name));
  return await run(name, given);
}

/** Each loads only what it needs: the bot starts without the doctor, and help without anything. */
async function run(name: CommandName, given: readonly string[]): Promise<number> {
  switch (name) {
    case 'start':
      if (given.length > 0) return misused(`${given[0]}: not understood`, name);
      await import('./main.ts');
      return Number(process.exitCode ?? 0);
    case 'init':
      return await (await import('./cli/init.ts')).init(given);
    case 'doctor':
      return await (await import('./cli/doctor.ts')).doctor(given);
    case 'manifest':
      return (await import('./cli/manifest.ts')).manifest(given);
    case 'policy check':
      return await (await import('./cli/policy-check.ts')).policyCheck(given);
    case 'policy explain':
      return await (await import('./cli/policy-explain.ts')).policyExplain(given);
    case 'account resume': {
      const [account, ...more] = given;
      if (account === undefined || more.length > 0) return misused('expected the name of one account', name);
      return await (await import('./cli/account-resume.ts')).accountResume(account);
    }
    case 'audit verify': {
      const [request, ...more] = given;
      if (request === undefined || more.length > 0) return misused('expected the id of one request', name);
      return await (await import('./cli/audit-verify.ts')).auditVerify(request);
    }
  }
}

/** A command's name has one word or two. */
function commandIn(words: readonly string[]): CommandName | undefined {
  return COMMAND_NAMES.find((name) => name === words[0] || name === words.slice(0, 2).join(' '));
}

function helpAbout(words: readonly string[]): number {
  const name = commandIn(words);
  return name === undefined ? notUnderstood(words) : print(usageOf(name));
}

function notUnderstood(words: readonly string[]): number {
  const typed = words.slice(0, 2).join(' ');
  const meant = nearest(typed, COMMAND_NAMES) ?? nearest(words[0] ?? '', COMMAND_NAMES) ?? halfOf(words[0] ?? '');
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  process.stderr.write(`vpc-endpoint-bot: there is no command ${typed}.${hint}\n\n${usage}`);
  return EXIT_MISUSED;
}

/** The command of two words of which only the first was typed. */
function halfOf(word: string): CommandName | undefined {
  return COMMAND_NAMES.find((name) => nearest(word, [name.split(' ')[0] ?? '']) !== undefined);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
