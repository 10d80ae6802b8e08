/** What each combination of a stage has for itself: a cloud, an account, a rule, channels and somebody who asks. */

import { sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { type LocalCloud, startLocalCloud } from '../../sandbox/alibaba-cloud/server.ts';
import { channel, person, sampleWorkspace } from '../../sandbox/slack/sample-workspace.ts';
import type { StageConfig } from '../../sandbox/stage.ts';
import { cloudSwitchesOf, type NumberedRow, SETTLE_MS } from './factors.ts';

/** Where the operators are told: no rule has decided anything by then. */
export const ALARMS = 'C0APPROVALS';

/** A combination with what is its own. */
export interface Part {
  readonly row: NumberedRow;
  readonly account: string;
  readonly approvals: string;
  readonly results: string;
  readonly requester: string;
  readonly cloud: LocalCloud;
  /** Moves this cloud's time. */
  readonly pass: (ms: number) => void;
}

export async function openPart(row: NumberedRow): Promise<Part> {
  let aheadMs = 0;
  const state = sampleCloud(cloudSwitchesOf(row.values));
  if (row.values.lists === 'denied') {
    for (const action of ['ListInstance', 'ListVpcEndpointServices']) state.switches.denied.add(action);
  }
  const cloud = await startLocalCloud({ state, now: () => Date.now() + aheadMs });
  return {
    row,
    account: `account-${row.number}`,
    approvals: `C0APPROVALS${row.number}`,
    results: `C0RESULTS${row.number}`,
    requester: `U0ASKER${row.number}`,
    cloud,
    pass: (ms) => {
      aheadMs += ms;
    },
  };
}

export function configFor(parts: readonly Part[], usual: StageConfig): object {
  return {
    accounts: Object.assign(
      usual.accounts,
      ...parts.map(({ account, cloud, row }) => ({
        [account]: {
          region: 'cn-hangzhou',
          elasticsearch_endpoint: cloud.url,
          privatelink_endpoint: cloud.url,
          settle: `${SETTLE_MS / 1_000}s`,
          accept_connections: row.values.acceptance === 'bot',
        },
      })),
    ),
    channels: { approvals: ALARMS },
    rules: parts.map((part) => ({
      name: part.account,
      match: { account: part.account },
      // Eve is of another workspace: that she is named here must not help her.
      steps: [{ users: ['U0BEN', 'U0EVE'], required: 1 }],
      channel: part.approvals,
    })),
  };
}

export function workspaceFor(parts: readonly Part[]) {
  const usual = sampleWorkspace();
  const members = (part: Part) => [part.requester, 'U0BEN', 'U0EVE', 'U0BOT'];
  return {
    users: [...usual.users, ...parts.map(({ requester }) => person(requester, requester.toLowerCase(), requester))],
    channels: [
      ...usual.channels,
      ...parts.map((part) => channel(part.approvals, part.approvals.toLowerCase(), members(part))),
      ...parts.map((part) => channel(part.results, part.results.toLowerCase(), members(part))),
    ],
  };
}
