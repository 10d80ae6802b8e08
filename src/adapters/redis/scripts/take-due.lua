-- Takes the requests that are due and puts each off, so that one that nobody gets to comes up again.
-- KEYS: 1 due (zset)
-- ARGV: 1 now (ms), 2 put off until (ms), 3 at most so many
-- Returns: request ids
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, id in ipairs(ids) do
  redis.call('ZADD', KEYS[1], 'XX', ARGV[2], id)
end
return ids
