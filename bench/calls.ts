/** How fast each client calls the local Alibaba Cloud, and how long it takes to be loaded: in a fresh process each time. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { SAMPLE_ACCESS_KEY, SAMPLE_INSTANCES } from '../sandbox/alibaba-cloud/sample-cloud.ts';
import { startLocalCloud } from '../sandbox/alibaba-cloud/server.ts';
import type { CallsPrinted } from './calls/print.ts';
import { CLIENTS, type Client } from './contestants.ts';
import { startFixedCloud } from './fixed-cloud.ts';

export const CALLS_AT_ONCE = 16;

/**
 * The first calls are checked by the local cloud, signature and all; those that are counted go to one that looks at nothing, since
 * otherwise it is the check that is measured.
 * @param built the folder that the programs were built into.
 */
export async function playCalls(built: string, client: Client, count: number): Promise<CallsPrinted> {
  const program = path.join(built, CLIENTS[client].replace(/\.ts$/, '.mjs'));
  const [checking, fixed] = await Promise.all([startLocalCloud(), startFixedCloud()]);
  try {
    await run(program, checking.url, 1);
    return await run(program, fixed.url, count);
  } finally {
    await Promise.all([checking.stop(), fixed.stop()]);
  }
}

async function run(program: string, url: string, count: number): Promise<CallsPrinted> {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ALIBABA_CLOUD_ACCESS_KEY_ID: SAMPLE_ACCESS_KEY.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: SAMPLE_ACCESS_KEY.secret,
      CALLS_URL: url,
      CALLS_COUNT: String(count),
      CALLS_AT_ONCE: String(CALLS_AT_ONCE),
      CALLS_INSTANCE: SAMPLE_INSTANCES.orders,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  process.off('exit', killWithUs);
  if (status !== 0) throw new Error(`${path.basename(program)}: exit status ${status}`);
  return JSON.parse(printed) as CallsPrinted;
}
