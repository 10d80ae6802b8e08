-- Whether it is a request's turn to create: those with earlier places go first, and none too close to the one before.
-- KEYS: 1 waiting (zset: request by its place in time), 2 asked (zset: request by the wall of its last question),
--       3 last (string: wall of the last begin, or of the one that is about to)
-- ARGV: 1 request, 2 wall (ms), 3 spacing (ms), 4 keep the last begin for (ms),
--       5 how long somebody may be silent before others pass (ms), 6 how long ahead a turn may be given (ms)
-- Returns: {"begin" | "ask", ms from the wall until it is to begin, or to ask again}
local me = ARGV[1]
local wall, spacing = tonumber(ARGV[2]), tonumber(ARGV[3])
local silent, early = tonumber(ARGV[5]), tonumber(ARGV[6])
local wait = math.max(tonumber(redis.call('GET', KEYS[3]) or 0) + spacing - wall, 0)
local mine = redis.call('ZSCORE', KEYS[1], me)
if mine then
  redis.call('ZADD', KEYS[2], wall, me)
  local ahead = 0
  local earlier = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. mine, 'WITHSCORES')
  for index = 1, #earlier, 2 do
    local other, place = earlier[index], tonumber(earlier[index + 1])
    local asked = tonumber(redis.call('ZSCORE', KEYS[2], other) or 0)
    if math.max(place, asked) < wall - silent then
      -- It has died, or needs no place any more. Who is merely behind its place asks.
      redis.call('ZREM', KEYS[1], other)
      redis.call('ZREM', KEYS[2], other)
    else
      ahead = ahead + 1
    end
  end
  if ahead > 0 then
    -- A little before its turn, and often enough to be heard and to notice who is silent.
    local again = wait + (ahead - 0.5) * spacing
    return { 'ask', math.ceil(math.min(math.max(again, 10), silent / 8)) }
  end
end
if wait > early then
  return { 'ask', math.ceil(wait - early / 2) }
end
-- It keeps its place until it says that it has begun: nobody overtakes it on the last few metres.
redis.call('SET', KEYS[3], string.format('%.0f', wall + wait), 'PX', ARGV[4])
return { 'begin', math.ceil(wait) }
