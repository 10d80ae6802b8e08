/** What an element of a block is given: itself, where it stands, and what it holds. */
import type { ElementState, Json, View } from '../../slack/model.ts';

/** Where blocks stand: in a message, in a view, or in a picture of either, where nothing can be done. */
export type Place =
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'picture' };

export interface ElementProps {
  readonly element: Json;
  readonly block: Json;
  readonly place: Place;
  /** What is filled in. */
  readonly state: ElementState | undefined;
  /** Ids of what labels and describes it. */
  readonly labelledBy?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
}
