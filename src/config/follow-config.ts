/** Looks whether the config file has changed, and takes a new approval policy in while the bot runs: wholly, or not at all. */
import { stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '../domain/policy/rule.ts';
import type { Problem, WorkspaceConfig, Workspaces } from './config.ts';
import { loadConfigFile } from './load-config.ts';

export type Followed =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'policy'; readonly policy: Policy }
  /** Nothing of it was taken in. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface ConfigFollower {
  /** Answers once for each state of the file: at the second look that finds it so. */
  look(): Promise<Followed>;
}

/**
 * @param known as it was when the bot started: everything but the policy stays so until a restart.
 * @param pick the workspace's part of the file; undefined when the file does not name it any more.
 */
export function followConfig(
  file: string,
  known: WorkspaceConfig,
  pick: (workspaces: Workspaces) => WorkspaceConfig | undefined,
): ConfigFollower {
  let current = known;
  let seen: string | undefined;
  let considered: string | undefined;

  return {
    async look() {
      const state = await stateOf(file);
      const isSettled = state === seen;
      seen = state;
      // Whoever writes it may be half-way: a part of a list is a list, too.
      if (!isSettled || state === considered) return { kind: 'unchanged' };
      considered = state;
      const loaded = await loadConfigFile(file);
      if (!loaded.ok) return { kind: 'refused', problems: loaded.problems };
      const workspace = pick(loaded.value);
      if (workspace === undefined) {
        return refused(file, 'this workspace is not in it any more; a restart would not find it');
      }
      const changed = KEPT.filter((key) => !isDeepStrictEqual(workspace[key], known[key]));
      if (changed.length > 0) {
        return refused(
          file,
          `${changed.join(', ')} changed, which takes a restart; the policy in it waits for that, too`,
        );
      }
      if (isDeepStrictEqual(workspace, current)) return { kind: 'unchanged' };
      current = workspace;
      return { kind: 'policy', policy: workspace };
    },
  };
}

function refused(where: string, message: string): Followed {
  return { kind: 'refused', problems: [{ where, message }] };
}

/** The same as long as nobody has written to it. */
async function stateOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs}:${size}:${ino}`;
  } catch {
    return 'not there';
  }
}

/** What only a restart takes in. */
const KEPT = ['accounts', 'channels', 'locale'] as const satisfies readonly (keyof WorkspaceConfig)[];
