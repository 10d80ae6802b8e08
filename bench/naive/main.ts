/** The naive rival: the same job as a competent developer would do it in an afternoon, as a plain Bolt app in one process. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { openBolt, startBolt } from '../bolt.ts';
import { readSettings } from '../settings.ts';
import { cardBlocks, rejectModal, requestModal } from './blocks.ts';
import { createEndpoint } from './cloud.ts';
import { type Request, readRequest } from './request.ts';

const { endpoint, approvals, approvers, approverGroups } = readSettings();
const app = openBolt();

/** Requests that somebody has decided: a second click finds its request in here. */
const decided = new Set<string>();

app.command('/vpc-endpoint', async ({ ack, command, client }) => {
  await ack();
  const [, instance = '', service = '', zone = ''] = command.text.split(/\s+/);
  const request = `req_${Date.now()}${Math.random().toString(36).slice(2, 8)}`;
  const view = requestModal({ request, origin: command.channel_id }, { instance, service, zone });
  await client.views.open({ trigger_id: command.trigger_id, view });
});

app.options(/^(instance|service|zone)$/, async ({ ack, options }) => {
  // What was typed is offered: the cloud will say if it is wrong.
  const { value } = options;
  await ack({ options: value === '' ? [] : [{ text: { type: 'plain_text', text: value }, value }] });
});

app.view('create_endpoint', async ({ ack, body, view, client }) => {
  await ack();
  const request = readRequest(view, body.user.id);
  await client.chat.postMessage({
    channel: approvals,
    text: `Create a VPC endpoint for ${request.instance}`,
    blocks: cardBlocks(request, ':hourglass_flowing_sand: *Waiting for approval.*', true),
    metadata: {
      event_type: 'vpc_endpoint_request',
      event_payload: { request_id: request.id, revision: 1, message: 'card' },
    },
  });
});

async function mayApprove(user: string): Promise<boolean> {
  if (approvers.includes(user)) return true;
  for (const usergroup of approverGroups) {
    const { users = [] } = await app.client.usergroups.users.list({ usergroup });
    if (users.includes(user)) return true;
  }
  return false;
}

async function requestOf(body: BlockAction): Promise<Request> {
  const [action] = body.actions;
  const { metadata } = body.message as { metadata?: { event_payload?: { request_id?: string } } };
  const request = JSON.parse((action as ButtonAction).value ?? '{}') as Request;
  return { ...request, id: metadata?.event_payload?.request_id ?? request.id };
}

app.action<BlockAction>('approve', async ({ ack, body, client, respond }) => {
  await ack();
  const request = await requestOf(body);
  const user = body.user.id;
  const tell = (text: string) => respond({ response_type: 'ephemeral', replace_original: false, text });
  if (user === request.requester) return void (await tell('You can’t approve your own request.'));
  if (!(await mayApprove(user))) return void (await tell('You are not among the approvers.'));
  if (decided.has(request.id)) return void (await tell('Somebody has decided it already.'));
  decided.add(request.id);
  const show = (status: string) => update(client, body, request, status);
  await show(`:rocket: *Creating the endpoint.* Approved by <@${user}>.`);
  try {
    const made = await createEndpoint(endpoint, request);
    await show(
      `:white_check_mark: *Created* \`${made.id}\` with the domain \`${made.domain}\`, approved by <@${user}>.`,
    );
    await client.chat.postMessage({
      channel: request.channel,
      text: `<@${request.requester}> your endpoint \`${made.id}\` is there: \`${made.domain}\` (approved by <@${user}>)`,
      metadata: { event_type: 'vpc_endpoint_message', event_payload: { request_id: request.id, message: 'result' } },
    });
  } catch (error) {
    decided.delete(request.id);
    await show(`:red_circle: *Failed* ${error instanceof Error ? error.message : String(error)}`);
  }
});

app.action<BlockAction>('reject', async ({ ack, body, client }) => {
  await ack();
  const request = await requestOf(body);
  const at = { channel: body.channel?.id ?? '', ts: body.message?.ts ?? '' };
  await client.views.open({ trigger_id: body.trigger_id, view: rejectModal({ request, at }) });
});

app.view('reject_request', async ({ ack, body, view, client }) => {
  await ack();
  const { request, at } = JSON.parse(view.private_metadata) as {
    request: Request;
    at: { channel: string; ts: string };
  };
  if (decided.has(request.id)) return;
  decided.add(request.id);
  const status = `:x: *Rejected* by <@${body.user.id}>: ${view.state.values.reason?.reason?.value ?? ''}`;
  await client.chat.update({ ...at, text: status, blocks: cardBlocks(request, status, false) });
});

app.action<BlockAction>('cancel', async ({ ack, body, client, respond }) => {
  await ack();
  const request = await requestOf(body);
  if (body.user.id !== request.requester) {
    await respond({ response_type: 'ephemeral', replace_original: false, text: 'Only the requester can cancel it.' });
    return;
  }
  if (decided.has(request.id)) return;
  decided.add(request.id);
  await update(client, body, request, `:no_entry_sign: *Cancelled* by <@${body.user.id}>.`);
});

async function update(client: App['client'], body: BlockAction, request: Request, status: string): Promise<void> {
  await client.chat.update({
    channel: body.channel?.id ?? '',
    ts: body.message?.ts ?? '',
    text: status,
    blocks: cardBlocks(request, status, false),
  });
}

await startBolt(app);
