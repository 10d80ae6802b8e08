/** A form that is filled in and ready to be submitted, for an endpoint that is not there yet. */
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../alibaba-cloud/sample-cloud.ts';
import type { LocalCloud } from '../alibaba-cloud/server.ts';
import type { LocalSlack } from '../slack/local-slack.ts';
import { Refused } from './refused.ts';

const WHERE = 'C0DATA';
const REASONS: Readonly<Record<string, string>> = {
  en: 'Watcher alerts have to reach the on-call webhook',
  zh: 'Watcher 告警需要送达值班系统的 Webhook',
};

/** With one yes each. */
const INSTANCES = [SAMPLE_INSTANCES.orders, SAMPLE_INSTANCES.nameless];
const SERVICES = [SAMPLE_SERVICES.alerts, SAMPLE_SERVICES.ldap, SAMPLE_SERVICES.reindex];

interface Wanted {
  readonly instance: string;
  readonly service: string;
  readonly zone: string;
}

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

/** What was offered is not offered again: somebody may have asked for it, and wait for approval. */
const offered = new WeakMap<LocalCloud, Set<string>>();

function unusedIn(cloud: LocalCloud): Wanted {
  const { state } = cloud;
  const before = offered.get(cloud) ?? new Set();
  offered.set(cloud, before);
  const taken = state.endpoints.map(({ instanceId, serviceId, zoneId }) => nameOf(instanceId, serviceId, zoneId));
  for (const service of SERVICES) {
    const zones = state.services.find(({ serviceId }) => serviceId === service)?.zones ?? [];
    for (const instance of INSTANCES) {
      for (const zone of [...zones].reverse()) {
        const name = nameOf(instance, service, zone);
        if (before.has(name) || taken.includes(name)) continue;
        before.add(name);
        return { instance, service, zone };
      }
    }
  }
  throw new Refused('all-connected');
}

const nameOf = (...parts: readonly string[]) => parts.join(' ');
