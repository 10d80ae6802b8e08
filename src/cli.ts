#!/usr/bin/env node
/** `vpc-endpoint-bot <command>`: what operators run. */
import { accountResume } from './cli/account-resume.ts';
import { auditVerify } from './cli/audit-verify.ts';
import { usage } from './cli/usage.ts';

/** The arguments were not understood. */
const EXIT_USAGE = 64;

const [command, ...rest] = process.argv.slice(2);
process.exitCode = await run(command, rest);

async function run(name: string | undefined, args: readonly string[]): Promise<number> {
  switch (name) {
    case 'start':
      await import('./main.ts');
      return Number(process.exitCode ?? 0);
    case 'account':
      return args[0] === 'resume' && args[1] !== undefined ? await accountResume(args[1]) : misused();
    case 'audit':
      return args[0] === 'verify' && args[1] !== undefined ? await auditVerify(args[1]) : misused();
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(usage);
      return 0;
    default:
      return misused();
  }
}

function misused(): number {
  process.stderr.write(`vpc-endpoint-bot: ${process.argv.slice(2).join(' ')}: not understood\n\n${usage}`);
  return EXIT_USAGE;
}
