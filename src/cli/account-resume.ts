/** `account resume`: lets the creates of an account go on. */
import { createAccountSlots } from '../adapters/redis/account-slots.ts';
import { withRedis } from './with-redis.ts';

export function accountResume(account: string): Promise<number> {
  return withRedis(async (redis) => {
    const halt = await createAccountSlots(redis).resume(account);
    process.stdout.write(
      halt === undefined
        ? `The creates of account ${account} were not stopped.\n`
        : `The creates of account ${account} go on. They were stopped at ${new Date(halt.at).toISOString()}, when a dry run of ${halt.request} made ${halt.endpoint}.\n`,
    );
    return 0;
  });
}
