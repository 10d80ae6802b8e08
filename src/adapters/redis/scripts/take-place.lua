-- Takes a place in a lane's sequence of calls, or says when to come again. A lane that is not strained has no places.
-- KEYS: 1 lane (hash: free, held, strained, all wall ms), 2 places (zset: urgent calls by time),
--   3 waiting (zset: others by time)
-- ARGV: 1 key, 2 wall (ms), 3 spacing (ms), 4 urgent (1 or 0), 5 forget what nobody came for after (ms)
-- Returns: ms until it may go; 0: now
local key, now, spacing, urgent = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'
local lane = redis.call('HMGET', KEYS[1], 'free', 'held', 'strained')
local held = tonumber(lane[2] or 0)
local place = tonumber(redis.call('ZSCORE', KEYS[2], key) or 0)

if now >= tonumber(lane[3] or 0) then
  redis.call('ZREM', KEYS[2], key)
  redis.call('ZREM', KEYS[3], key)
  return 0
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[5])

if place > now then
  return math.ceil(math.max(place, held) - now)
end
redis.call('ZREM', KEYS[2], key)
-- Its turn has come, unless everybody was told to be silent since it got it.
if place > 0 and held <= now then
  return 0
end

local free = math.max(tonumber(lane[1] or 0), now, held)
local at = free
if urgent or free <= now then
  redis.call('HSET', KEYS[1], 'free', string.format('%.0f', free + spacing))
end
if free <= now then
  redis.call('ZREM', KEYS[3], key)
elseif urgent then
  redis.call('ZADD', KEYS[2], string.format('%.0f', at), key)
else
  -- Behind all that are urgent and all that wait; it asks again then, since more that is urgent may have come.
  at = tonumber(redis.call('ZSCORE', KEYS[3], key) or 0)
  if at <= now then
    local last = redis.call('ZREVRANGE', KEYS[3], 0, 0, 'WITHSCORES')
    at = math.max(free, tonumber(last[2] or 0) + spacing)
    redis.call('ZADD', KEYS[3], string.format('%.0f', at), key)
  end
end
for _, name in ipairs(KEYS) do
  redis.call('PEXPIRE', name, math.ceil(at - now) + 2 * ARGV[5])
end
return math.ceil(at - now)
