/** What was wrong with the settings, for the person who starts the bot; then it exits with status 2. */
import type { Problem } from './config.ts';

export const EXIT_BAD_SETTINGS = 2;

export function formatProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 setting is wrong' : `${problems.length} settings are wrong`;
  const lines = problems.map(({ where, message }) => `  ${where}: ${message}`);
  return `${[`vpc-endpoint-bot: ${count}; nothing was started.`, ...lines].join('\n')}\n`;
}
