/** A cloud that looks at nothing and always says the same: in front of it a client is as fast as it can be. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FixedCloud {
  readonly url: string;
  stop(): Promise<void>;
}

/** A page without endpoints, as ListVpcEndpoints answers it. */
const ANSWER = JSON.stringify({ RequestId: 'BA0D949F-B9D6-410A-9987-1298D70706CB', Result: [] });

export async function startFixedCloud(): Promise<FixedCloud> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' }).end(ANSWER);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
