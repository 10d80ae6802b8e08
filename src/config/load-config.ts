/** Everything the bot is told at its start: the environment and the config file, checked together. */
import { readFile } from 'node:fs/promises';
import type { Checked, Config, Problem, Workspaces } from './config.ts';
import { deepFreeze } from './config.ts';
import { readConfigFile } from './config-file.ts';
import { readEnvironment } from './environment.ts';
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

async function loadConfigFile(name: string): Promise<Checked<Workspaces>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(name);
  } catch (error) {
    return { ok: false, problems: [{ where: name, message: whyNot(error as NodeJS.ErrnoException) }] };
  }
  try {
    // Without its byte order mark, if it has one.
    return readConfigFile(new TextDecoder('utf-8', { fatal: true }).decode(bytes), name);
  } catch {
    return { ok: false, problems: [{ where: name, message: 'expected text in UTF-8' }] };
  }
}

function whyNot({ code }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file (CONFIG_FILE names another)';
    case 'EISDIR':
      return 'is a folder, and a file is expected';
    case 'EACCES':
      return 'may not be read by the user that runs the bot';
  }
  return `cannot be read (${code})`;
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
