/** How bad each finding is. */
import type { ClockOwner, Finding } from './findings.ts';
import { SCOPES } from './scopes.ts';

/** `problem`: does not work. `warning`: works, until something happens. `unknown`: could not be looked at. */
export type Severity = 'problem' | 'warning' | 'unknown' | 'fine';

/** The bot asks for signatures no older than five minutes; the cloud allows fifteen. */
const SLACK_TOLERATES_MS = 5 * 60_000;
const CLOUD_TOLERATES_MS = 15 * 60_000;

export function severityOf(finding: Finding): Severity {
  switch (finding.id) {
    case 'setting-wrong':
    case 'slack-unreachable':
    case 'bot-token-refused':
    case 'workspace-unknown':
    case 'app-token-refused':
    case 'channel-absent':
    case 'channel-archived':
    case 'channel-not-joined':
    case 'approver-absent':
    case 'group-absent':
    case 'rule-unmet':
    case 'rule-shadowed':
    case 'redis-unreachable':
    case 'redis-replica':
    case 'redis-no-replica':
    case 'redis-evicts':
    case 'redis-forgets':
    case 'data-folder-unusable':
    case 'credentials-absent':
    case 'permission-missing':
    case 'cloud-refuses':
      return 'problem';
    case 'approver-unfit':
    case 'group-disabled':
    case 'group-empty':
    case 'account-without-rule':
    case 'redis-old':
    case 'redis-syncs-late':
    case 'redis-one-replica':
      return 'warning';
    case 'not-looked-at':
    case 'scopes-unknown':
    case 'socket-unknown':
    case 'signing-secret-unproven':
    case 'channel-unknown':
    case 'approver-unknown':
    case 'groups-unknown':
    case 'redis-setting-unknown':
    case 'permission-unknown':
      return 'unknown';
    case 'slack-ready':
    case 'scopes-granted':
    case 'socket-ready':
    case 'channels-ready':
    case 'people-ready':
    case 'policy-ready':
    case 'redis-ready':
    case 'clocks-agree':
    case 'account-ready':
      return 'fine';
    case 'scope-missing':
      return SCOPES[finding.scope].optional ? 'warning' : 'problem';
    case 'clock-off':
      return Math.abs(finding.ms) > toleratedMs(finding.whose) ? 'problem' : 'warning';
  }
}

function toleratedMs({ kind }: ClockOwner): number {
  switch (kind) {
    case 'slack':
      return SLACK_TOLERATES_MS;
    case 'cloud':
      return CLOUD_TOLERATES_MS;
    // The bot goes by Redis's clock: its own machine's matters for the times in its logs only.
    case 'this-machine':
      return Number.POSITIVE_INFINITY;
  }
}

const WORST_FIRST: readonly Severity[] = ['problem', 'warning', 'unknown', 'fine'];

/** The worst first, otherwise in the order in which they were found. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return WORST_FIRST.flatMap((severity) => findings.filter((finding) => severityOf(finding) === severity));
}

export function hasProblems(findings: readonly Finding[]): boolean {
  return findings.some((finding) => severityOf(finding) === 'problem');
}
