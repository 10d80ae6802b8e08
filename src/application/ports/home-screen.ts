/** The Home tab of one person: rendered, and put there. */
import type { UserId } from '../../domain/ids.ts';
import type { Standing } from '../../domain/refusals.ts';
import type { HomeLists } from '../home.ts';

export type HomeContents =
  | { readonly kind: 'lists'; readonly lists: HomeLists }
  /** Members only see what was asked for. */
  | { readonly kind: 'not-for-you'; readonly standing: Exclude<Standing, 'member'> }
  | { readonly kind: 'not-read' };

export interface RenderedHome {
  /** What Slack is given. */
  readonly view: unknown;
  /** The same for the same. */
  readonly hash: string;
}

export type ShowResult =
  | { readonly kind: 'shown' }
  /** Slack wants to be left alone for so long, in milliseconds. */
  | { readonly kind: 'busy'; readonly error: string; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly error: string };

/** No method rejects for what Slack or the network does. */
export interface HomeScreen {
  /** In their own language. */
  render(contents: HomeContents, user: UserId): Promise<RenderedHome>;
  show(user: UserId, rendered: RenderedHome): Promise<ShowResult>;
}
