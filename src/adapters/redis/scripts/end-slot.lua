-- Ends a request's place among its account's creates: it has begun, or it will not use it.
-- KEYS: 1 waiting (zset: request by its place in time), 2 asked (zset: request by the wall of its last question),
--       3 last (hash: request, and wall at which it has begun or is about to)
-- ARGV: 1 request, 2 wall at which it has begun (ms); 0: it has not, 3 keep that for (ms)
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
if tonumber(ARGV[2]) > tonumber(redis.call('HGET', KEYS[3], 'wall') or 0) then
  redis.call('HSET', KEYS[3], 'request', ARGV[1], 'wall', ARGV[2])
  redis.call('PEXPIRE', KEYS[3], ARGV[3])
end
