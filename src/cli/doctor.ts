/** `doctor`: looks at everything that the bot needs, and says what is wrong and how to mend it. */
import { createLog } from '../adapters/telemetry/log.ts';
import { diagnose } from '../application/doctor/diagnose.ts';
import { openCloudAccounts } from '../cloud-accounts.ts';
import type { Checked, Config, Environment, Problem } from '../config/config.ts';
import { readEnvironment } from '../config/environment.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Finding } from '../domain/doctor/findings.ts';
import { hasProblems } from '../domain/doctor/severity.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { redisOf, settingsFor, slackOf } from '../open-doctor.ts';
import { misused } from './misused.ts';
import { readOptions } from './options.ts';
import { findingsJson, findingsText } from './print-findings.ts';
import { terminalLocale } from './terminal-locale.ts';

const EXIT_PROBLEMS = 1;
const EXIT_NOT_RUN = 2;

export async function doctor(given: readonly string[]): Promise<number> {
  const read = readOptions(given, { json: { type: 'boolean' } });
  return read.ok ? await runDoctor(process.env, read.values.json === true) : misused(read.said, 'doctor');
}

/** @returns the exit status. */
export async function runDoctor(env: NodeJS.ProcessEnv, json = false): Promise<number> {
  const environment = readEnvironment(env);
  const config = await loadConfig(env);
  const { findings, ran } = await examine(environment, config);
  const words = messagesFor(terminalLocale(env)).doctor;
  process.stdout.write(json ? findingsJson(findings, words) : findingsText(findings, words));
  if (!ran) return EXIT_NOT_RUN;
  return hasProblems(findings) ? EXIT_PROBLEMS : 0;
}

async function examine(environment: Checked<Environment>, config: Checked<Config>) {
  const wrong = config.ok ? [] : config.problems.map(settingWrong);
  if (!environment.ok) return { findings: wrong, ran: false };
  const { slack, redis } = environment.value;
  if (slack.tenancy.kind !== 'single') {
    const several = { where: 'SLACK_CLIENT_ID', message: 'several workspaces are not supported yet' };
    return { findings: [...wrong, settingWrong(several)], ran: false };
  }
  const { botToken } = slack.tenancy;
  const log = createLog({ level: 'silent' });
  const workspaces = config.ok ? openWorkspaces(config.value) : undefined;
  try {
    const findings = await diagnose({
      slack: slackOf(slack, botToken, log),
      redis: redisOf(redis, log),
      settings: (teamId) => (workspaces === undefined ? 'unreadable' : workspaces.settings(teamId)),
    });
    return { findings: [...wrong, ...findings], ran: true };
  } finally {
    await workspaces?.close();
  }
}

function settingWrong({ where, message }: Problem): Finding {
  return { id: 'setting-wrong', where, message };
}

/** The accounts of every workspace of the file. */
function openWorkspaces({ workspaces }: Config) {
  const open = (
    workspace: Parameters<typeof settingsFor>[0] & { accounts: Parameters<typeof openCloudAccounts>[0] },
  ) => {
    const accounts = openCloudAccounts(workspace.accounts, Date.now);
    return { accounts, settings: settingsFor(workspace, accounts) };
  };
  const single = workspaces.kind === 'single' ? open(workspaces.workspace) : undefined;
  const several = new Map(
    workspaces.kind === 'several' ? Object.entries(workspaces.byTeam).map(([team, each]) => [team, open(each)]) : [],
  );
  return {
    settings(teamId: string | undefined) {
      if (single !== undefined) return single.settings;
      return teamId === undefined ? ('unreadable' as const) : several.get(teamId)?.settings;
    },
    async close() {
      const all = [...(single === undefined ? [] : [single]), ...several.values()];
      await Promise.all(all.flatMap(({ accounts }) => [...accounts.values()].map((account) => account.close())));
    },
  };
}
