/** `audit verify`: checks a request's audit chain, link by link. */
import { findInstallations } from '../adapters/redis/find-installations.ts';
import { createRequestStore } from '../adapters/redis/request-store.ts';
import { firstBreak } from '../application/audit-chain.ts';
import { isRequestId } from '../domain/ids.ts';
import { withRedis } from './with-redis.ts';

export function auditVerify(id: string): Promise<number> {
  if (!isRequestId(id)) {
    process.stderr.write(
      `vpc-endpoint-bot: ${id} is not a request id; one looks like req_01K5Z6X7Y8A9B0C1D2E3F4G5H6\n`,
    );
    return Promise.resolve(1);
  }
  return withRedis(async (redis) => {
    const [installation] = await findInstallations(redis, id);
    if (installation === undefined) {
      process.stderr.write(`vpc-endpoint-bot: there is no request ${id} in this Redis\n`);
      return 1;
    }
    const store = createRequestStore(redis, installation);
    const [entries, { record }] = await Promise.all([store.history(id), store.load(id)]);
    const broken = firstBreak(entries);
    if (broken !== undefined) {
      process.stdout.write(`${id}: BROKEN at entry ${broken} of ${entries.length}: it or one before it was changed.\n`);
      return 1;
    }
    const last = entries.at(-1);
    if (record?.audit.head !== last?.hash) {
      process.stdout.write(
        `${id}: BROKEN at its end: the record speaks of ${record?.audit.count} entries, ${entries.length} are there.\n`,
      );
      return 1;
    }
    process.stdout.write(`${id}: ${entries.length} entries, each vouching for all before it; head ${last?.hash}\n`);
    return 0;
  });
}
