/** The command line as such: help for everything, and a word for what is not understood. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, COMMANDS } from '../../src/cli/usage.ts';
import { runCli } from './run-cli.ts';

describe('the command line', () => {
  it('lists its commands, and has help for each', async () => {
    const [listed, named, flagged] = await Promise.all([
      runCli([]),
      runCli(['help', 'audit', 'verify']),
      runCli(['doctor', '--help']),
    ]);
    for (const name of COMMAND_NAMES) expect(listed.stdout).toContain(`  ${name} `);
    expect(named.stdout).toContain(COMMANDS['audit verify'].more);
    expect(flagged.stdout).toContain(COMMANDS.doctor.more);
    expect(flagged.stdout).toContain('Exit status: 0 no problems');
    expect([listed, named, flagged].map(({ status }) => status)).toEqual([0, 0, 0]);
  });

  it('does not understand what is not there, says what was probably meant, and exits with 2', async () => {
    const typed: readonly (readonly [readonly string[], string])[] = [
      [['docter'], 'there is no command docter. Did you mean doctor?'],
      [['audit', 'verfy'], 'Did you mean audit verify?'],
      [['audit'], 'Did you mean audit verify?'],
      [['policy'], 'Did you mean policy check?'],
      [['policy', 'explian'], 'Did you mean policy explain?'],
      [['doctor', '--jsno'], "Unknown option '--jsno'"],
      [['account', 'resume'], 'expected the name of one account'],
      [['manifest', '--url', 'http://bot.example.com'], 'expected one such as https://bot.example.com'],
    ];
    await Promise.all(
      typed.map(async ([args, said]) => {
        const ran = await runCli(args);
        expect(ran.stderr).toContain(said);
        expect(ran.stderr).toContain('Usage: vpc-endpoint-bot');
        expect(ran.stdout).toBe('');
        expect(ran.status).toBe(2);
      }),
    );
  });
});

describe('the README', () => {
  it('has a row for each command, with what it takes', () => {
    const rows = readFileSync('README.md', 'utf8').split('\n');
    for (const name of COMMAND_NAMES) {
      const heading = `${name} ${COMMANDS[name].takes}`.trimEnd();
      expect(rows.filter((row) => row.startsWith(`| \`${heading}\` |`))).toHaveLength(1);
    }
  });
});

describe('manifest', () => {
  it('prints manifest.yml', async () => {
    const ran = await runCli(['manifest']);
    expect(ran.stdout).toBe(readFileSync('manifest.yml', 'utf8'));
    expect(ran.status).toBe(0);
  });
});
