/** The config file: one workspace, or several by their ids. */
import type { Checked, Workspaces } from './config.ts';
import { deepFreeze } from './config.ts';
import { severalSchema, workspaceSchema } from './config-schema.ts';
import { readYaml } from './yaml-file.ts';

const single = workspaceSchema.transform((workspace): Workspaces => ({ kind: 'single', workspace }));
const several = severalSchema.transform(({ workspaces }): Workspaces => ({ kind: 'several', byTeam: workspaces }));

/** @param name how the file is called in messages. */
export function readConfigFile(source: string, name: string): Checked<Workspaces> {
  const read = readYaml(source, name, (data) =>
    typeof data === 'object' && data !== null && 'workspaces' in data ? several : single,
  );
  return read.ok ? { ok: true, value: deepFreeze(read.value) } : read;
}
