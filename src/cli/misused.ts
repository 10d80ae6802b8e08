/** The command line was not understood. */
import { type CommandName, usageOf } from './usage.ts';

/** The arguments, or the settings, are wrong: nothing was done. */
export const EXIT_MISUSED = 2;

/** @param said one line: what was wrong. */
export function misused(said: string, command: CommandName): number {
  process.stderr.write(`vpc-endpoint-bot ${command}: ${said}\n\n${usageOf(command)}`);
  return EXIT_MISUSED;
}
