/** A form that is filled in and ready to be submitted, for an endpoint that is not there yet. */

import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../alibaba-cloud/sample-cloud.ts';
import type { LocalCloud } from '../alibaba-cloud/server.ts';
import type { LocalSlack } from '../slack/local-slack.ts';

const WHERE = 'C0DATA';
const REASONS: Readonly<Record<string, string>> = {
  en: 'Watcher alerts have to reach the on-call webhook',
  zh: 'Watcher 告警需要送达值班系统的 Webhook',
};

/** @throws when everything has its endpoint, or Slack does not let this person ask. */
export async function prepareForm(slack: LocalSlack, cloud: LocalCloud, who: string): Promise<void> {
  const person = slack.as(who);
  const [open] = person.views();
  if (open !== undefined) await person.close(open, { all: true });
  const { instance, service, zone } = unusedIn(cloud);
  await person.command(WHERE, '/vpc-endpoint', `create ${instance} ${service}`);
  const form = await person.waitForView('create_endpoint');
  await person.pick(form, 'zone', zone);
  const language = slack.workspace.user(who).locale.slice(0, 2);
  await person.type(form, 'reason', REASONS[language] ?? REASONS.en ?? '');
}

function unusedIn({ state }: LocalCloud): {
  readonly instance: string;
  readonly service: string;
  readonly zone: string;
} {
  const service = SAMPLE_SERVICES.alerts;
  const zones = state.services.find(({ serviceId }) => serviceId === service)?.zones ?? [];
  for (const instance of [SAMPLE_INSTANCES.orders, SAMPLE_INSTANCES.nameless]) {
    const used = state.endpoints.filter((each) => each.instanceId === instance && each.serviceId === service);
    const zone = [...zones].reverse().find((each) => !used.some(({ zoneId }) => zoneId === each));
    if (zone !== undefined) return { instance, service, zone };
  }
  throw new Error('everything has its endpoint by now: start the sandbox anew');
}
