-- Whether it is a request's turn to create: those with earlier places go first, and none too close to the one before.
-- KEYS: 1 waiting (zset: request by its place in time), 2 last (string: wall of the last begin)
-- ARGV: 1 request, 2 wall (ms), 3 spacing (ms), 4 how late somebody may be before others pass (ms)
-- Returns: ms to wait before asking again; 0: it has begun
local wall, spacing, late = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local mine = redis.call('ZSCORE', KEYS[1], ARGV[1])
local wait = tonumber(redis.call('GET', KEYS[2]) or 0) + spacing - wall
if mine then
  -- Who is later than that has died, or needs no place any more.
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. math.min(wall - late, tonumber(mine)))
  if redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. mine) > 0 then
    wait = math.max(wait, spacing / 2, 10)
  end
end
if wait > 0 then
  return math.ceil(wait)
end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[2], 'PX', math.max(spacing * 2, 1000))
return 0
