-- Whether it is a request's turn to create: those with earlier places go first, and none too close to the one before.
-- KEYS: 1 waiting (zset: request by its place in time), 2 asked (zset: request by the wall of its last question),
--       3 last (hash: request, and wall at which it has begun or is about to), 4 halt (string)
-- ARGV: 1 request, 2 its place (ms), 3 wall (ms), 4 spacing (ms), 5 keep the last begin for (ms),
--       6 how long somebody may be silent before others pass (ms), 7 how long ahead a turn may be given (ms)
-- Returns: {"begin" | "ask", ms from the wall until it is to begin, or to ask again} | {"halted", 0}
local me, place = ARGV[1], tonumber(ARGV[2])
local wall, spacing = tonumber(ARGV[3]), tonumber(ARGV[4])
local silent, early = tonumber(ARGV[6]), tonumber(ARGV[7])
if redis.call('EXISTS', KEYS[4]) == 1 then
  return { 'halted', 0 }
end
if spacing == 0 then
  return { 'begin', 0 }
end
-- All ask a little before their turn, and often enough to be heard and to notice who is silent.
local often = silent / 8
local last = redis.call('HMGET', KEYS[3], 'request', 'wall')
local wait = 0
if last[1] == me then
  -- The answer was lost, or came too late.
  wait = math.max(tonumber(last[2]) - wall, 0)
elseif last[2] then
  wait = math.max(tonumber(last[2]) + spacing - wall, 0)
end
-- Who was passed, and has come after all, has its place again.
redis.call('ZADD', KEYS[1], place, me)
redis.call('ZADD', KEYS[2], wall, me)
local ahead = 0
local earlier = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[2], 'WITHSCORES')
for index = 1, #earlier, 2 do
  local other, its = earlier[index], tonumber(earlier[index + 1])
  local asked = tonumber(redis.call('ZSCORE', KEYS[2], other) or 0)
  if math.max(its, asked) < wall - silent then
    -- It has died, or needs no place any more. Who is merely behind its place asks.
    redis.call('ZREM', KEYS[1], other)
    redis.call('ZREM', KEYS[2], other)
  else
    ahead = ahead + 1
  end
end
if ahead > 0 then
  local again = wait + (ahead - 0.5) * spacing
  return { 'ask', math.ceil(math.min(math.max(again, 10), often)) }
end
if wait > early then
  return { 'ask', math.ceil(math.min(wait - early / 2, often)) }
end
-- It keeps its place until it says that it has begun: nobody overtakes it on the last few metres.
redis.call('HSET', KEYS[3], 'request', me, 'wall', string.format('%.0f', wall + wait))
redis.call('PEXPIRE', KEYS[3], ARGV[5])
return { 'begin', math.ceil(wait) }
