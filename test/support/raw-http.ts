/** Bytes to a port, as no well-meaning client would send them, and whatever comes back. */
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly string[];
  readonly body?: Buffer | string;
  /** Ends the sending side after it. */
  readonly end?: boolean;
}

/** @returns the status of the first answer; undefined when the connection ended without one. */
export function send(
  port: number,
  request: RawRequest | Buffer,
  end = !Buffer.isBuffer(request) && request.end === true,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.isBuffer(request) ? request : bytesOf(request));
      if (end) socket.end();
    });
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      answer += text;
      if (answer.includes('\r\n\r\n')) socket.destroy();
    });
    // A close follows.
    socket.on('error', () => {});
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      resolve(status === undefined ? undefined : Number(status));
    });
  });
}

function bytesOf({ method = 'POST', path = '/slack/events', headers = [], body = '' }: RawRequest): Buffer {
  const head = [`${method} ${path} HTTP/1.1`, 'host: bot', ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}

/** The headers of a body that Slack signed, `ageS` seconds ago. */
export function signed(secret: string, body: Buffer | string, ageS = 0): string[] {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageS);
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return [
    `content-length: ${Buffer.byteLength(body)}`,
    `x-slack-request-timestamp: ${timestamp}`,
    `x-slack-signature: v0=${mac}`,
  ];
}
