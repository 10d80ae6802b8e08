/** The config file's policy for the `policy` commands: they need no other setting. */
import type { Problem, WorkspaceConfig, Workspaces } from '../config/config.ts';
import { readConfigFile } from '../config/config-file.ts';
import { readText } from '../config/read-text.ts';
import { EXIT_MISUSED } from './misused.ts';

export const EXIT_WRONG = 1;

export type PolicyFile =
  | { readonly ok: true; readonly name: string; readonly workspace: WorkspaceConfig }
  /** @property misused the command line does not fit the file. */
  | { readonly ok: false; readonly status: number; readonly problems: readonly Problem[]; readonly misused?: string };

/** @param team of several workspaces, which. */
export async function openPolicyFile(
  env: Readonly<Record<string, string | undefined>>,
  team: string | undefined,
): Promise<PolicyFile> {
  const name = env.CONFIG_FILE?.trim() || 'vpc-endpoint.yml';
  const text = await readText(name, ' (CONFIG_FILE names another)');
  if (!text.ok) return { ok: false, status: EXIT_MISUSED, problems: text.problems };
  const read = readConfigFile(text.value, name);
  if (!read.ok) return { ok: false, status: EXIT_WRONG, problems: read.problems };
  const chosen = choose(read.value, team);
  return typeof chosen === 'string'
    ? { ok: false, status: EXIT_MISUSED, problems: [], misused: `${name} ${chosen}` }
    : { ok: true, name, workspace: chosen };
}

function choose(workspaces: Workspaces, team: string | undefined): WorkspaceConfig | string {
  if (workspaces.kind === 'single') {
    return team === undefined ? workspaces.workspace : 'is for one workspace, without an id: leave out --workspace';
  }
  const teams = Object.keys(workspaces.byTeam);
  const there = `has the workspaces ${teams.join(', ')}`;
  if (team === undefined && teams.length > 1) return `${there}: choose one with --workspace`;
  const chosen = team ?? teams[0] ?? '';
  const workspace = Object.hasOwn(workspaces.byTeam, chosen) ? workspaces.byTeam[chosen] : undefined;
  return workspace ?? `${there}, and no ${chosen}`;
}

export function problemsText(problems: readonly Problem[]): string {
  return `${problems.map(({ where, message }) => `${where}: ${message}`).join('\n')}\n`;
}
