/** Node's HTTP server before a handler of web requests: what a framework does for users of the Chat SDK. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export async function serve(
  port: number,
  path: string,
  handle: (request: Request) => Promise<Response>,
): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url !== path || incoming.method !== 'POST') {
      outgoing.writeHead(404).end();
      return;
    }
    webRequest(incoming)
      .then(handle)
      .then(async (response) => {
        const text = await response.text();
        outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(text);
      })
      .catch((error: Error) => {
        console.log(JSON.stringify({ level: 'error', error: error.message }));
        outgoing.writeHead(500).end();
      });
  });
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

async function webRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(`http://localhost${incoming.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) });
}
