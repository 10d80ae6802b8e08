/** Everything the bot is told at its start: the environment and the config file, checked together. */
import type { Checked, Config, Problem, Workspaces } from './config.ts';
import { deepFreeze } from './config.ts';
import { readConfigFile } from './config-file.ts';
import { readEnvironment } from './environment.ts';
import { readText } from './read-text.ts';
import { isLoopback } from './values.ts';

/** Never throws for what it was given; what is wrong in both is reported at once. */
export async function loadConfig(env: Readonly<Record<string, string | undefined>>): Promise<Checked<Config>> {
  const environment = readEnvironment(env);
  const name = env.CONFIG_FILE?.trim() || 'vpc-endpoint.yml';
  const file = await loadConfigFile(name);
  const problems = [...(environment.ok ? [] : environment.problems), ...(file.ok ? [] : file.problems)];
  if (file.ok && env.VPCE_SANDBOX?.trim() === '1') problems.push(...notOnThisMachine(file.value));
  if (!environment.ok || !file.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: deepFreeze<Config>({ ...environment.value, workspaces: file.value }) };
}

/** Never throws for what is in it, or when it is not there. */
export async function loadConfigFile(name: string): Promise<Checked<Workspaces>> {
  const text = await readText(name, ' (CONFIG_FILE names another)');
  return text.ok ? readConfigFile(text.value, name) : text;
}

/** Moved time and real endpoints must never meet. */
function notOnThisMachine(workspaces: Workspaces): Problem[] {
  const all = workspaces.kind === 'single' ? [workspaces.workspace] : Object.values(workspaces.byTeam);
  return all
    .flatMap(({ accounts }) => accounts)
    .filter(({ elasticsearchEndpoint, privatelinkEndpoint }) =>
      [elasticsearchEndpoint, privatelinkEndpoint].some((endpoint) => !isLoopback(new URL(endpoint).hostname)),
    )
    .map(({ name }) => ({
      where: 'VPCE_SANDBOX',
      message: `moves time and is for stand-ins on this machine only: the endpoints of account ${name} are not on it`,
    }));
}
