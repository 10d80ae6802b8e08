-- Takes a place in a lane's sequence of calls, or says when to come again. A lane that is not strained has no places.
-- KEYS: 1 lane (hash: free, held, strained, all wall ms; pace, the ms between two calls), 2 places (zset: urgent calls by
--   time), 3 waiting (zset: others by time)
-- ARGV: 1 key, 2 wall (ms), 3 shortest pace (ms), 4 urgent (1 or 0), 5 forget what nobody came for after (ms)
-- Returns: ms until it may ask again; 0: it may go now
local key, now, shortest, urgent = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'
local lane = redis.call('HMGET', KEYS[1], 'free', 'held', 'strained', 'pace')
local held = tonumber(lane[2] or 0)
local pace = math.max(tonumber(lane[4] or 0), shortest)
local place = tonumber(redis.call('ZSCORE', KEYS[2], key) or 0)

if now >= tonumber(lane[3] or 0) then
  redis.call('ZREM', KEYS[2], key)
  redis.call('ZREM', KEYS[3], key)
  redis.call('HDEL', KEYS[1], 'pace')
  return 0
end

-- Who has long to wait asks on the way whether the lane is still strained.
local function come_again(at)
  local wait = math.ceil(at - now)
  return math.max(math.min(wait, 5000), math.ceil(wait / 2))
end
-- Each call that goes lets the next ones be a little faster: ten halve the pace.
local function go()
  redis.call('HSET', KEYS[1], 'pace', string.format('%.0f', math.max(pace * 0.93, shortest)))
  return 0
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[5])

if place > now then
  return come_again(math.max(place, held))
end
redis.call('ZREM', KEYS[2], key)
-- Its turn has come, unless everybody was told to be silent since it got it.
if place > 0 and held <= now then
  return go()
end

local free = math.max(tonumber(lane[1] or 0), now, held)
local at = free
if urgent or free <= now then
  redis.call('HSET', KEYS[1], 'free', string.format('%.0f', free + pace))
end
if free <= now then
  redis.call('ZREM', KEYS[3], key)
  return go()
end
if urgent then
  redis.call('ZADD', KEYS[2], string.format('%.0f', at), key)
else
  -- Behind all that are urgent and all that wait; it asks again then, since more that is urgent may have come.
  at = tonumber(redis.call('ZSCORE', KEYS[3], key) or 0)
  if at <= now then
    local last = redis.call('ZREVRANGE', KEYS[3], 0, 0, 'WITHSCORES')
    at = math.max(free, tonumber(last[2] or 0) + pace)
    redis.call('ZADD', KEYS[3], string.format('%.0f', at), key)
  end
end
for _, name in ipairs(KEYS) do
  redis.call('PEXPIRE', name, math.ceil(at - now) + 2 * ARGV[5])
end
return come_again(at)
