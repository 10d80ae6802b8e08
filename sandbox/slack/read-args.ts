/** Reads a Web API call's arguments, as a form or as JSON, and keeps its token apart. */
import type { IncomingMessage } from 'node:http';
import type { Json } from './model.ts';
import { asJson, asText } from './model.ts';

export type ApiRequest = { token: string; args: Json; malformed: boolean };

/** Arguments that a form carries as JSON text. */
const STRUCTURED = new Set(['blocks', 'attachments', 'metadata', 'view']);

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export async function readApiRequest(request: IncomingMessage, url: URL): Promise<ApiRequest> {
  const body = await readBody(request);
  const fromQuery = readForm(url.searchParams);
  const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
  let malformed = false;
  let sent: Json = {};
  if (isJson && body !== '') {
    try {
      sent = asJson(JSON.parse(body));
    } catch {
      malformed = true;
    }
  } else {
    sent = readForm(new URLSearchParams(body));
  }
  const { token: inBody, ...args } = { ...fromQuery, ...sent };
  const bearer = (request.headers.authorization ?? '').replace(/^Bearer\s*/i, '');
  // A JSON body may not carry the token.
  return { token: bearer || (isJson ? '' : asText(inBody)), args, malformed };
}

function readForm(form: URLSearchParams): Json {
  const args: Json = {};
  for (const [key, value] of form) args[key] = STRUCTURED.has(key) ? parsed(value) : value;
  return args;
}

/** What is no JSON stays text, and fails the method's own checks. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
