-- Reserves the next place in an account's sequence of creates; the same key gets the same place.
-- KEYS: 1 slots (zset: key by time), 2 halt (string), 3 waiting (zset: request by time)
-- ARGV: 1 key, 2 wall (ms), 3 spacing (ms), 4 forget places before (ms), 5 request
-- Returns: {"halted", halt (JSON)} | {"slot", time (ms)}
local halt = redis.call('GET', KEYS[2])
if halt then
  return { 'halted', halt }
end
local reserved = redis.call('ZSCORE', KEYS[1], ARGV[1])
if reserved then
  return { 'slot', reserved }
end
local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local at = tonumber(ARGV[2])
if last[2] then
  at = math.max(at, tonumber(last[2]) + tonumber(ARGV[3]))
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[4])
redis.call('ZADD', KEYS[1], at, ARGV[1])
-- Where there is no spacing, nobody waits for anybody.
if tonumber(ARGV[3]) > 0 then
  redis.call('ZADD', KEYS[3], at, ARGV[5])
end
-- %.0f, as Lua's own notation would round a time to seconds.
return { 'slot', string.format('%.0f', at) }
