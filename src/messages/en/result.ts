/** English: the result, where the requester wanted it. */
import type { Succeeded } from '../../domain/request.ts';
import type { ResultWords } from '../messages.ts';
import { code, link, listed, oneLine, user } from '../mrkdwn.ts';
import { serviceDiffers } from './card.ts';
import { connection } from './connection.ts';

export const result: ResultWords = {
  headline: ({ asked, endpoint }) =>
    `:white_check_mark: *The VPC endpoint of ${code(asked.operation.instanceId)} is there.* ${
      endpoint.domain === '' ? 'Its domain is not known yet; it will appear here.' : 'Its domain:'
    }`,
  details,
  usage: (request) => [
    '*How to use it:* in Watcher alerts, reindex from remote, or LDAP/Active Directory authentication, use this domain as the host, with the port that the service listens on.',
    `The load balancer of ${code(request.asked.operation.serviceId)} needs a listener on that port, and its security group must let the connection in.`,
    connection.progress(request),
    ...connection.advice(request),
  ],
  cardLink: (url) => link(url, 'The request’s card'),
};

function details(request: Succeeded): readonly string[] {
  const { endpoint, asked, approvals, requester } = request;
  const { serviceId } = endpoint;
  const differs = serviceId !== undefined && serviceId !== asked.operation.serviceId;
  const approvers = listed(
    approvals.map(({ by }) => user(by)),
    (left) => `and ${left} more`,
    600,
  );
  return [
    `Endpoint: ${code(endpoint.id)}${endpoint.name === undefined ? '' : ` (${oneLine(endpoint.name, 120)})`}`,
    `Service: ${code(serviceId ?? asked.operation.serviceId)} · Zone: ${code(asked.operation.zoneId)}`,
    ...(differs ? [serviceDiffers(request)] : []),
    ...(endpoint.requestId === undefined ? [] : [`RequestId: ${code(endpoint.requestId)}`]),
    `Asked for by ${user(requester)}${approvers === '' ? '' : ` · Approved by ${approvers}`}`,
  ];
}
