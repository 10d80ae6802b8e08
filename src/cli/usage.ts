/** What the command line offers, in words: the list of commands, and each command's own help. */
import { CLAIM_GRAMMAR } from '../domain/policy/analysis/claim.ts';

interface CommandText {
  /** What stands behind the name. */
  readonly takes: string;
  readonly does: string;
  /** The rest of its help. */
  readonly more: string;
}

export const COMMANDS = {
  start: {
    takes: '',
    does: 'the bot; settings come from the environment and the config file',
    more: `SIGTERM stops it: it takes no more work, finishes what is in flight, and exits with 0 within 15 s.
Exit status: 0 stopped, 1 could not start, 2 a setting is wrong.`,
  },
  init: {
    takes: '[--output <file>] [--force]',
    does: 'asks a few questions, writes the config file, and runs the doctor on it',
    more: `Set SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, before; they are never written down.
Channels, people and user groups are found in Slack by their names. Answers may come through a pipe, one a line.

  --output <file>   where to write; default CONFIG_FILE, else vpc-endpoint.yml
  --force           overwrite a file that is there without asking

Exit status: the doctor's; 2 when nothing was written.`,
  },
  doctor: {
    takes: '[--json]',
    does: 'looks at Slack, Redis, the clocks, the accounts and the rules, and says what is wrong',
    more: `It changes nothing. Everything is looked at, even when the config file has errors.
It speaks the language of LC_ALL, LC_MESSAGES or LANG: English or Chinese.

  --json   prints {"ok", "findings": [{"id", "severity", "what", "why", "mend", "about"}]};
           severity is problem, warning, unknown or fine; why and mend are null where all is well

Exit status: 0 no problems (warnings are not), 1 problems found, 2 the environment is wrong: nothing was looked at.`,
  },
  manifest: {
    takes: '[--url <https address>]',
    does: 'prints the manifest of the Slack app',
    more: `Paste it under "Create an app" → "From a manifest" on https://api.slack.com/apps.
Without --url it is the one for Socket Mode, the same as manifest.yml.

  --url <address>   for HTTP: where Slack reaches the bot; /slack/events is added unless it is there`,
  },
  'policy check': {
    takes: '[--never "<claim>"]… [--examples <file>] [--json]',
    does: 'checks the policy: rules without a use, its examples, and what must never happen',
    more: `It reads the config file (CONFIG_FILE, default vpc-endpoint.yml) and nothing else: no Slack, no Redis, no cloud.
docs/policy.md says what each part of a policy means, and has recipes.

  --examples <file>   requests, and what is expected of each; by default those beside the config file,
                      vpc-endpoint.examples.yml for vpc-endpoint.yml, if they are there
  --never "<claim>"   proves that this can't happen, or shows how it can; may be given several times
  --workspace <T…>    which of the config file's workspaces, where it has several
  --json              prints {"ok", "problems", "findings", "examples", "claims"}

A claim is in these words:

${CLAIM_GRAMMAR.trimEnd().replaceAll(/^(?=.)/gm, '  ')}

  --never "the requester alone creates in production"
  --never "fewer than 2 people create in production on es-cn-* without S0SECURITY"

Exit status: 0 all is well, 1 something is wrong, 2 misused, or a file can't be read.`,
  },
  'policy explain': {
    takes: '--requester <U…> --instance <es-…> [options]',
    does: 'says which rule a request falls under and why, and what becomes of it',
    more: `It reads the config file (CONFIG_FILE, default vpc-endpoint.yml) and nothing else.

  --requester <U…>             who asks
  --instance <es-…>            for an endpoint of which instance
  --account <name>             in which account; may be left out where there is only one
  --action create|delete       default create
  --lifetime <lifetime>        default permanent
  --groups <S…,S…>             the user groups that the requester is in
  --approved-by <U…,U…:S…:S…>  who has said yes, each with the groups that they are in
  --at <time>                  when, for the freezes; default now
  --workspace <T…>             which of the config file's workspaces, where it has several
  --json                       prints it for a program

Exit status: 0 explained, 1 the config file is wrong, 2 misused, or a file can't be read.`,
  },
  'account resume': {
    takes: '<name>',
    does: "lets an account's creates go on after an incident stopped them",
    more: 'A dry run that created an endpoint stops them. Look at that endpoint first.',
  },
  'audit verify': {
    takes: '<request id>',
    does: "checks a request's audit chain",
    more: 'Exit status: 0 whole, 1 broken or not there.',
  },
} as const satisfies Readonly<Record<string, CommandText>>;

export type CommandName = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

const heading = (name: CommandName) => `${name} ${COMMANDS[name].takes}`.trimEnd();
const column = Math.max(...COMMAND_NAMES.map((name) => heading(name).length)) + 2;

export const usage = `Usage: vpc-endpoint-bot <command>

${COMMAND_NAMES.map((name) => `  ${heading(name).padEnd(column)}${COMMANDS[name].does}`).join('\n')}
  ${'help [command]'.padEnd(column)}this text, or a command's own

A setting that is wrong is named, with what was expected; the exit status is then 2.
The README lists every variable, and vpc-endpoint.example.yml every key of the config file.
`;

export function usageOf(name: CommandName): string {
  const { does, more } = COMMANDS[name];
  return `Usage: vpc-endpoint-bot ${heading(name)}

${does}

${more}
`;
}
