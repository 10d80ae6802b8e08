/** Everything that is known of the requests that something was wrong with, in one file, to be read afterwards. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Evidence } from './judge.ts';
import type { Verdict } from './types.ts';

/** A file that can be read; what one request went through is a megabyte or so. */
const MOST = 12;

export async function keepDossiers({ lives, ground, mail, ledger }: Evidence, verdict: Verdict, folder: string) {
  const said = JSON.stringify(verdict);
  const wrong = lives.filter(({ ids }) => ids.some((id) => said.includes(id))).slice(0, MOST);
  const { deliveries } = ground.slack.log;
  // What was read in a channel names everybody's requests.
  const calls = ground.slack.log.calls.filter(({ method }) => !method.startsWith('conversations.'));
  const dossiers = wrong.map((life) => ({
    ...life,
    requests: life.ids.map((id) => ({
      id,
      record: ledger?.records.get(id),
      audit: ledger?.audits.get(id),
      messages: mail.about(id),
      deliveries: deliveries.filter(({ value }) => value?.includes(id)),
      slack: calls.filter(({ args, answer }) => JSON.stringify([args, answer]).includes(id)),
    })),
    endpoints: ground.cloud.state.endpoints.filter(({ serviceId }) => serviceId === life.service),
    cloud: ground.cloud.calls.filter(({ body, path: at }) => `${body}${at}`.includes(life.service)),
  }));
  await writeFile(path.join(folder, 'torture-dossiers.json'), JSON.stringify(dossiers, null, 1));
  for (const [index, { bot }] of ground.replicas.entries()) {
    const lines = bot.lines.map((line) => JSON.stringify(line)).join('\n');
    await writeFile(path.join(folder, `torture-replica-${index}.log`), `${lines}\n`);
  }
}
