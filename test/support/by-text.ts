/** An exchange with a server that knows no script by its digest: whoever stands before it sees the scripts' texts. */
import type { Exchange } from '../../src/adapters/redis/exchange.ts';

export function byText(send: Exchange): Exchange {
  return (commands, withinMs) =>
    commands.some(([name]) => name === 'evalsha')
      ? Promise.reject(new Error('NOSCRIPT No matching script.'))
      : send(commands, withinMs);
}
