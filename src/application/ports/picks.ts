/** What somebody has picked in an open form so far: Slack does not tell it when it asks for options. */
import type { AccountName, InstanceId, ServiceId } from '../../domain/ids.ts';

export interface Picked {
  readonly account?: AccountName;
  readonly instance?: InstanceId;
  readonly service?: ServiceId;
}

/** Both methods reject when Redis is away or slow; a form works without, with longer lists. */
export interface Picks {
  /** Takes the place of what was kept for this view; forgotten after some hours. */
  keep(viewId: string, picked: Picked): Promise<void>;
  of(viewId: string): Promise<Picked | undefined>;
}
