/** Everything that the application needs to work for one Slack workspace. */
import type { AccountName } from '../domain/ids.ts';
import type { Channels } from './announce.ts';
import type { Bells } from './bells.ts';
import type { Announcer } from './ports/announcer.ts';
import type { Clock } from './ports/clock.ts';
import type { CloudAccounts } from './ports/cloud.ts';
import type { Directory } from './ports/directory.ts';
import type { Log } from './ports/log.ts';
import type { PolicySource } from './ports/policy-source.ts';
import type { Requests } from './ports/requests.ts';
import type { AccountSlots } from './ports/slots.ts';
import type { WakeUps } from './ports/wake-ups.ts';

export interface AccountSettings {
  /** How late the account's list may show a new endpoint, in milliseconds. */
  readonly settleMs: number;
  /** Between two creates of the account, in milliseconds. */
  readonly createSpacingMs: number;
  /** Whether the bot accepts an endpoint's connection where its service does not do so by itself. */
  readonly acceptConnections: boolean;
}

export interface Workspace {
  readonly policy: PolicySource;
  readonly channels: Channels;
  readonly settings: ReadonlyMap<AccountName, AccountSettings>;
  readonly accounts: CloudAccounts;
  readonly requests: Requests;
  readonly wakeUps: WakeUps;
  readonly bells: Bells;
  readonly slots: AccountSlots;
  readonly directory: Directory;
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
  /** A fresh identifier, unique among all processes. */
  readonly newId: () => string;
  /** Resolves once nobody waits for an ack here, or has for too long: what can wait goes after those. */
  readonly giveWay: () => Promise<void>;
  /** Resolves after so many milliseconds of real time. */
  readonly pause: (ms: number) => Promise<void>;
}
