/** A process of its own that holds an embedded Redis: what happens to the server when it is killed? */
import { startEmbeddedRedis } from '../../src/adapters/redis/embedded/start-server.ts';

const server = await startEmbeddedRedis({ dir: process.argv[2] ?? '' });
process.stdout.write(`${JSON.stringify({ pid: server.pid(), url: server.url })}\n`);
setInterval(() => {}, 1_000);
