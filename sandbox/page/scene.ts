/** Everything that the page knows, as named facts: what the local Slack and the local Alibaba Cloud hold now. */
import { endpointsAt, shownStatuses } from '../alibaba-cloud/endpoint-life.ts';
import type { LocalCall, LocalCloud } from '../alibaba-cloud/server.ts';
import type { LocalSlack } from '../slack/local-slack.ts';
import type { Channel, User } from '../slack/model.ts';
import { BOT_USER } from '../slack/sample-workspace.ts';
import type { Workspace } from '../slack/workspace.ts';
import type { Kind, Kinds, PageCall, PageEndpoint, PagePerson } from './wire.ts';

/** So many of the newest calls and deliveries are shown: a page is not an archive. */
const MOST_TRAFFIC = 200;

export type Facts = Map<string, unknown>;

export function tell<K extends Kind>(facts: Facts, kind: K, name: string | number, fact: Kinds[K]): void {
  // Numbers sort as they count.
  facts.set(`${kind}/${typeof name === 'number' ? String(name).padStart(6, '0') : name}`, fact);
}

export function slackFacts({ workspace, log }: LocalSlack, facts: Facts): void {
  for (const user of workspace.users.values()) {
    if (!user.deleted && user.id !== 'USLACKBOT') tell(facts, 'person', user.id, personOf(user));
  }
  for (const user of workspace.users.values()) if (!user.is_bot && !user.deleted) workspace.dm(user.id);
  for (const channel of workspace.channels.values()) tell(facts, 'channel', channel.id, channelOf(channel, workspace));
  for (const { id, handle } of workspace.userGroups.values()) tell(facts, 'group', id, { id, handle });
  for (const message of workspace.messages) tell(facts, 'message', `${message.channel}/${message.ts}`, message);
  for (const view of workspace.views.values())
    if (view.open && view.type === 'modal') tell(facts, 'modal', view.id, view);
  for (const [user, view] of workspace.homes) tell(facts, 'home', user, view);
  workspace.notices.forEach(({ user, text }, n) => {
    tell(facts, 'notice', n, { user, text });
  });
  for (const delivery of log.deliveries.slice(-MOST_TRAFFIC)) tell(facts, 'delivery', delivery.seq, delivery);
  for (const call of log.calls.slice(-MOST_TRAFFIC)) tell(facts, 'api', call.seq, call);
}

export function cloudFacts({ calls }: LocalCloud, endpoints: readonly PageEndpoint[], facts: Facts): void {
  for (const endpoint of endpoints) tell(facts, 'endpoint', endpoint.id, endpoint);
  const first = Math.max(0, calls.length - MOST_TRAFFIC);
  calls.slice(first).forEach((call, index) => {
    tell(facts, 'call', first + index, callOf(call, first + index));
  });
}

export function endpointsOf({ state }: LocalCloud, now: number): readonly PageEndpoint[] {
  return endpointsAt(state, now).map((endpoint) => ({
    id: endpoint.endpointId,
    instance: endpoint.instanceId,
    service: endpoint.serviceId,
    zone: endpoint.zoneId,
    name: endpoint.name,
    domain: endpoint.domain,
    status: shownStatuses(state, endpoint, now).connectionStatus,
  }));
}

function personOf(user: User): PagePerson {
  const isGuest = user.is_restricted || user.is_ultra_restricted;
  return {
    id: user.id,
    name: user.name,
    realName: user.real_name,
    locale: user.locale,
    timeZone: user.tz,
    kind: user.is_bot ? 'bot' : user.is_stranger ? 'stranger' : isGuest ? 'guest' : user.is_admin ? 'admin' : 'member',
  };
}

function channelOf(channel: Channel, workspace: Workspace): Kinds['channel'] {
  const [dmOf] = channel.is_im ? [...channel.members].filter((member) => member !== BOT_USER) : [];
  return {
    id: channel.id,
    name: channel.name,
    isPrivate: channel.is_private,
    isArchived: channel.is_archived,
    ...(dmOf === undefined ? {} : { dmOf }),
    members: [...channel.members],
    seenBy: [...workspace.users.values()].filter(({ id }) => workspace.canSee(id, channel)).map(({ id }) => id),
  };
}

function callOf(call: LocalCall, n: number): PageCall {
  const { at, action, dryRun, method, path, query, headers, body, clientToken, status, outcome, made, answer } = call;
  const search = new URLSearchParams(query).toString();
  return {
    n,
    at,
    action,
    dryRun,
    target: `${method} ${path}${search === '' ? '' : `?${search}`}`,
    headers,
    body,
    outcome,
    answer,
    ...(clientToken === undefined ? {} : { clientToken }),
    ...(status === undefined ? {} : { status }),
    ...(made === undefined ? {} : { made }),
  };
}
