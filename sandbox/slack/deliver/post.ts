/** One signed HTTP request to the bot, and how it went. */
import { createHmac } from 'node:crypto';
import { request } from 'node:http';

export type Posted = { status?: number; body: string; ackMs: number; late: boolean; noRetry?: boolean };

export type PostOptions = {
  signingSecret: string;
  deadlineMs: number;
  contentType?: string;
  headers?: Record<string, string>;
  /** Seconds since 1970; what the signature says, by default now. */
  timestamp?: number;
};

const sign = (secret: string, timestamp: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

export function post(url: string, body: string, options: PostOptions): Promise<Posted> {
  const started = performance.now();
  // Signatures are made with the real clock: the bot compares them with its own.
  const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': options.contentType ?? 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': sign(options.signingSecret, timestamp, body),
    ...options.headers,
  };
  return new Promise((resolve) => {
    const finish = (result: Omit<Posted, 'ackMs'>): void => {
      clearTimeout(timer);
      resolve({ ...result, ackMs: Math.round(performance.now() - started) });
      sent.destroy();
    };
    // Without an agent: no socket stays open, so the bot can stop at once.
    const sent = request(url, { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => finish({ body: '', late: false }));
      response.on('end', () => {
        const noRetry = response.headers['x-slack-no-retry'] === '1' ? { noRetry: true } : {};
        const body = Buffer.concat(chunks).toString('utf8');
        finish({ status: response.statusCode ?? 0, body, late: false, ...noRetry });
      });
    });
    sent.on('error', () => finish({ body: '', late: false }));
    const timer = setTimeout(() => finish({ body: '', late: true }), options.deadlineMs);
    sent.end(body);
  });
}
