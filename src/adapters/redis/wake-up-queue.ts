/** Wake-ups over BullMQ: it spreads runs over the processes, one per request at a time, and does nothing else. */
import { Queue, Worker } from 'bullmq';
import * as z from 'zod';
import type { Log } from '../../application/ports/log.ts';
import type { WakeUps } from '../../application/ports/wake-ups.ts';
import { isRequestId, type RequestId } from '../../domain/ids.ts';
import { connect, connectWorker, type RedisAddress } from './connection.ts';
import { JOBS_PREFIX } from './keys.ts';

const QUEUE = 'reconcile';
/**
 * Runs of different requests that one process carries at once. They mostly wait for others, and those who stand in an
 * account's line are not to keep out whom they wait for: of one account at ten creates a second they are 200 at most.
 */
const CONCURRENCY = 512;
/**
 * A dead process's runs are taken over after about their sum (under 6 s), and only these two decide that. A stalled
 * job is a run that somebody must take over, however often that happens: hence the count.
 */
const LOCK_MS = 5_000;
const STALLED_MS = 2_000;
const STALLED_TIMES = 1_000;
/** A queue that can't be reached must not hold anything up: the due index brings the run about. */
const ADD_TIMEOUT_MS = 2_000;
/** BullMQ's own event log; nobody reads it here. */
const EVENTS_KEPT = 100;

const jobSchema = z.object({ installation: z.string(), id: z.string().refine(isRequestId) });

export interface WakeUpQueue {
  forWorkspace(installation: string): WakeUps;
  close(): Promise<void>;
}

export function createWakeUpQueue(address: RedisAddress, log: Log): WakeUpQueue {
  const connection = connect(address);
  const queue = new Queue(QUEUE, {
    connection,
    prefix: JOBS_PREFIX,
    streams: { events: { maxLen: EVENTS_KEPT } },
  });
  connection.on('error', (error) => log.warn({ error }, 'redis: wake-ups'));
  queue.on('error', (error) => log.warn({ error }, 'queue'));
  return {
    forWorkspace: (installation) => ({
      async nudge(id) {
        const added = queue.add(
          QUEUE,
          { installation, id },
          {
            // Measured: of the ways to keep one run per request, the only one that never loses the last wake-up.
            deduplication: { id: `${installation}/${id}`, keepLastIfActive: true },
            attempts: 1,
            removeOnComplete: true,
            removeOnFail: true,
          },
        );
        await within(added, ADD_TIMEOUT_MS);
      },
    }),
    async close() {
      await within(queue.close(), ADD_TIMEOUT_MS).catch(() => {});
      connection.disconnect();
    },
  };
}

export interface WakeUpWorker {
  /** Takes no more; resolves when the runs in flight are over, or after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

export function startWakeUpWorker(
  address: RedisAddress,
  run: (installation: string, id: RequestId) => Promise<void>,
  log: Log,
): WakeUpWorker {
  const connection = connectWorker(address);
  const worker = new Worker(
    QUEUE,
    async (job) => {
      const { installation, id } = jobSchema.parse(job.data);
      await run(installation, id);
    },
    {
      connection,
      prefix: JOBS_PREFIX,
      concurrency: CONCURRENCY,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_MS,
      maxStalledCount: STALLED_TIMES,
    },
  );
  connection.on('error', (error) => log.warn({ error }, 'redis: worker'));
  worker.on('error', (error) => log.warn({ error }, 'worker'));
  worker.on('failed', (job, error) =>
    log.error({ job: job?.data as unknown, error }, 'run failed; the sweep will bring it again'),
  );
  return {
    async close(graceMs) {
      await within(worker.close(), graceMs).catch(() => worker.close(true));
      connection.disconnect();
    },
  };
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
