/** What the requests of one account share: places in time, turns at what must not overlap, and whether creates are stopped. */
import type { AccountName, EndpointId, RequestId } from '../../domain/ids.ts';

export interface Halt {
  readonly request: RequestId;
  /** The endpoint that a dry run made. */
  readonly endpoint: EndpointId;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Turn {
  /** `begin`: it has its turn and is to begin then; `ask`: ask again then; `halted`: the account's creates are stopped. */
  readonly kind: 'begin' | 'ask' | 'halted';
  /** From the wall that was asked with; milliseconds. */
  readonly afterMs: number;
}

export interface AccountSlots {
  /**
   * The next free place in the account's sequence of creates, `spacingMs` after the last one; the same answer for
   * the same key of the request. Or the reason why the account's creates are stopped.
   * @param wall `Moment.wall`.
   */
  reserve(
    account: AccountName,
    of: { readonly request: RequestId; readonly key: string },
    wall: number,
    spacingMs: number,
  ): Promise<{ readonly kind: 'slot'; readonly at: number } | { readonly kind: 'halted'; readonly halt: Halt }>;
  /**
   * Asked right before a create is sent, once its place in time has come: whoever has an earlier place goes first, however
   * far behind its places the line is, unless it has been silent for seconds; and no two are told to begin within
   * `spacingMs`, however slow the processes are. Who asks again after `begin` is told what is left until then.
   * @param of with its place, as it was reserved: whoever was passed has it again.
   */
  begin(
    account: AccountName,
    of: { readonly request: RequestId; readonly place: number },
    wall: number,
    spacingMs: number,
  ): Promise<Turn>;
  /**
   * Said as soon as it has begun, whatever becomes of it: until then nobody behind it has its turn.
   * @param wall when it has.
   */
  begun(account: AccountName, request: RequestId, wall: number, spacingMs: number): Promise<void>;
  /** Gives its place up, so that those behind it need not wait for it. Does nothing if it has none. */
  leave(account: AccountName, request: RequestId): Promise<void>;
  /**
   * A turn at what only one request of the account may do at a time; the holder may take it again.
   * @param forMs after this it is anybody's, whatever became of its holder.
   * @returns whether it is this request's turn.
   */
  takeTurn(account: AccountName, request: RequestId, forMs: number): Promise<boolean>;
  /** Does nothing if it is not this request's. */
  endTurn(account: AccountName, request: RequestId): Promise<void>;
  /** Stops all creates of an account until an operator resumes them. */
  halt(account: AccountName, halt: Halt): Promise<void>;
}
