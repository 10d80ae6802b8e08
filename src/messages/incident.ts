/** A dry run that created an endpoint, as every language tells it: which one, and the command that lets the account go on. */
import type { CreatedEndpoint } from '../domain/cloud.ts';
import type { RequestEvent } from '../domain/events.ts';
import type { AccountName } from '../domain/ids.ts';

export function dryRunEndpoint(event: RequestEvent): CreatedEndpoint | undefined {
  const refusal = event.type === 'refused' ? event.refusal : event.type === 'failed' ? event.failure : undefined;
  return refusal?.kind === 'dry-run-created' ? refusal.endpoint : undefined;
}

export function resumeCommand(account: AccountName): string {
  return `npx vpc-endpoint-bot account resume ${shellWord(account)}`;
}

function shellWord(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
