/** What a person asks for: the same whatever becomes of it. */
import type { AccountName, ChannelId, InstanceId, ServiceId, ZoneId } from './ids.ts';
import type { Lifetime } from './lifetime.ts';

export interface CreateOperation {
  readonly kind: 'create';
  readonly account: AccountName;
  readonly instanceId: InstanceId;
  readonly serviceId: ServiceId;
  readonly zoneId: ZoneId;
}

/** What a request asks to be done to an endpoint. */
export type Operation = CreateOperation;

/** What a person filled in. */
export interface Asked {
  readonly operation: Operation;
  readonly reason: string;
  /** `precheck` ends after the check, with its result. */
  readonly mode: 'create' | 'precheck';
  readonly lifetime: Lifetime;
  /** Where the result is posted; absent: to the requester. */
  readonly channel?: ChannelId;
}
