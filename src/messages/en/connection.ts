/** English: how far an endpoint's connection is, who must accept it, and why it may stay down. */
import type { CloudProblem } from '../../domain/cloud.ts';
import { judgeProblem } from '../../domain/cloud-errors.ts';
import type { ConnectionEvent } from '../../domain/evolve-connection.ts';
import type { Request, Succeeded } from '../../domain/request.ts';
import type { ConnectionWords } from '../connection.ts';
import { code, codeBlock, user, when } from '../mrkdwn.ts';
import { failures } from './failures.ts';

export const connection: ConnectionWords = { progress, advice, line, notice };

function progress(request: Succeeded): string {
  const { phase, status, acceptance } = request.connection;
  const shown = status === undefined ? '' : ` (Alibaba Cloud says ${code(status, 60)})`;
  switch (phase) {
    case 'connecting':
      return acceptance?.state === 'accepted'
        ? `:electric_plug: Connection: accepted on ${when(acceptance.at)}, not up yet${shown}.`
        : `:electric_plug: Connection: not up yet${shown}. The bot keeps looking.`;
    case 'unaccepted':
      return acceptance?.state === 'wanted' || acceptance?.state === 'claimed'
        ? `:electric_plug: Connection: the bot is about to accept it${shown}.`
        : `:warning: Connection: waits for the owner of ${code(request.asked.operation.serviceId)} to accept it${shown}.`;
    case 'connected':
      return ':large_green_circle: Connection: up.';
    case 'down':
      return `:warning: Connection: still not up${shown}. The bot keeps looking, and says when it is.`;
    case 'ended':
      return `:black_circle: Connection: ended${shown}. The endpoint or its service is gone, or about to be.`;
    case 'unwatched':
      return `:black_circle: Connection: not up after seven days${shown}. The bot has stopped looking.`;
  }
}

function advice(request: Succeeded): readonly string[] {
  const { phase, acceptance } = request.connection;
  switch (phase) {
    case 'unaccepted': {
      if (acceptance?.state === 'wanted' || acceptance?.state === 'claimed') return [];
      return [...(acceptance?.state === 'refused' ? [refused(acceptance.problem)] : []), ownerMust(request)];
    }
    case 'down':
      return [reasons(request)];
    case 'unwatched':
      return [`${reasons(request)}\nOnce it is mended, the console shows the connection’s state.`];
    case 'connecting':
    case 'connected':
    case 'ended':
      return [];
  }
}

/** What is advised for a create does not hold for it: nobody tries again unless somebody asks for it. */
function refused(problem: CloudProblem): string {
  const { what, why } = failures.explain(judgeProblem(problem).reason, problem);
  const next = 'Accept it as below, or click the button on the card again.';
  const said = failures.written({ what, ...(why === undefined ? {} : { why }), next });
  return [`The bot could not accept it. ${said}`, ...failures.facts(problem)].join('\n');
}

function ownerMust({ asked, endpoint }: Request & Pick<Succeeded, 'endpoint'>): string {
  const { serviceId, account } = asked.operation;
  return [
    `*What the owner of ${code(serviceId)} must do* (account ${code(account)}, or whoever shares the service): accept the connection of ${code(endpoint.id)},`,
    '• in the VPC console: Endpoints → Endpoint services → the service → Endpoint connections → Allow; or',
    `• with the CLI: ${code(`aliyun privatelink EnableVpcEndpointConnection --ServiceId ${serviceId} --EndpointId ${endpoint.id}`, 250)}`,
    'Whoever may approve this request can have the bot accept it, with the button on the card.',
  ].join('\n');
}

function reasons({ asked }: Pick<Request, 'asked'>): string {
  const { serviceId, zoneId } = asked.operation;
  return [
    '*Likely reasons:*',
    `• the owner of ${code(serviceId)} has not accepted the connection, or has refused it,`,
    `• the service is locked or overdue, or no longer offers ${code(zoneId)},`,
    `• its load balancer has no healthy backend in ${code(zoneId)}.`,
    '*What to do:* look at the endpoint service and its connections in the VPC console.',
  ].join('\n');
}

function line(event: ConnectionEvent, request: Request): string {
  const { serviceId, account } = request.asked.operation;
  switch (event.type) {
    case 'connection-looked':
      return `Looked at the connection${event.status === undefined ? '' : `: ${code(event.status, 60)}`}`;
    case 'connection-unaccepted':
      return event.byBot
        ? `${code(serviceId)} does not accept connections by itself: the bot accepts this one`
        : `${code(serviceId)} does not accept connections by itself: its owner must accept this one`;
    case 'acceptance-ordered':
      return event.by === undefined
        ? `The connection is to be accepted, as the settings of the account ${code(account)} say`
        : `${user(event.by)} had the bot accept the connection`;
    case 'acceptance-claimed':
      return 'The acceptance of the connection is being sent';
    case 'acceptance-postponed':
      return `The acceptance of the connection was put off until ${when(event.retryAt)}${event.problem === undefined ? '' : ` (${code(event.problem.code)})`}`;
    case 'connection-accepted':
      return `The bot accepted the connection${event.requestId === undefined ? '' : `, RequestId ${code(event.requestId)}`}`;
    case 'acceptance-refused':
      return `The bot could not accept the connection (${code(event.problem.code)}): its owner must`;
    case 'connected':
      return 'The connection is up';
    case 'connection-down':
      return 'The connection is still not up; the bot keeps looking';
    case 'connection-ended':
      return `The connection has ended${event.status === undefined ? '' : ` (${code(event.status, 60)})`}`;
    case 'connection-unwatched':
      return 'The connection is still not up after seven days; the bot has stopped looking';
    case 'domain-known':
      return `The domain is known now: ${code(event.domain, 250)}`;
  }
}

function notice(event: ConnectionEvent, request: Request): readonly string[] {
  switch (event.type) {
    case 'connection-unaccepted':
    case 'acceptance-refused':
    case 'connection-down':
      return [`:warning: The connection of ${what(request)} is not up.`, ...(made(request) ? advice(request) : [])];
    case 'connected':
      return [`:large_green_circle: The connection of ${what(request)} is up.`];
    case 'connection-ended':
      return [
        `:black_circle: The connection of ${what(request)} has ended: the endpoint or its service is gone, or about to be.`,
        '*What to do:* look at the endpoint in the console. If it is still needed, ask for a new one with `/vpc-endpoint create`.',
      ];
    case 'domain-known':
      return [`:information_source: The domain of ${what(request)} is known now:`, codeBlock(event.domain, 300)];
    case 'connection-looked':
    case 'acceptance-ordered':
    case 'acceptance-claimed':
    case 'acceptance-postponed':
    case 'connection-accepted':
    case 'connection-unwatched':
      return [`${line(event, request)}.`];
  }
}

function made(request: Request): request is Succeeded {
  return request.status === 'succeeded';
}

function what(request: Request): string {
  const of = `the endpoint that you asked for with ${code(request.id)}`;
  return made(request) ? `${of} (${code(request.endpoint.id)})` : of;
}
