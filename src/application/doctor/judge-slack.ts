/** The bot's own standing with Slack: its token, its scopes, its socket. */
import type { Finding } from '../../domain/doctor/findings.ts';
import { ALL_SCOPES } from '../../domain/doctor/scopes.ts';
import type { SlackExaminer } from './ports.ts';

type Answer<K extends keyof SlackExaminer> = Awaited<ReturnType<SlackExaminer[K]>>;

export function judgeIdentity(answer: Answer<'identify'>): readonly Finding[] {
  switch (answer.kind) {
    case 'refused':
      return [{ id: 'bot-token-refused', error: answer.error }];
    case 'unknown':
      return [{ id: 'slack-unreachable', error: answer.error }];
    case 'identified':
      return [{ id: 'slack-ready', team: answer.team, teamId: answer.teamId }, ...judgeScopes(answer.scopes)];
  }
}

function judgeScopes(granted: readonly string[] | undefined): readonly Finding[] {
  if (granted === undefined) return [{ id: 'scopes-unknown' }];
  const missing = ALL_SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return [{ id: 'scopes-granted', count: ALL_SCOPES.length }];
  return missing.map((scope) => ({ id: 'scope-missing', scope }));
}

export function judgeSocket(answer: Answer<'socket'>): readonly Finding[] {
  if (answer === 'ready') return [{ id: 'socket-ready' }];
  // Only a delivery of Slack's own can show that the secret is the right one.
  if (answer === 'not-used') return [{ id: 'signing-secret-unproven' }];
  switch (answer.kind) {
    case 'refused':
      return [{ id: 'app-token-refused', error: answer.error }];
    case 'unknown':
      return [{ id: 'socket-unknown', error: answer.error }];
  }
}
