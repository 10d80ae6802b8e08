-- Keeps a lane silent for some time, strained for longer, and slower than before: twice as slow each time.
-- KEYS: 1 lane (hash: free, held, strained, all wall ms; pace, the ms between two calls)
-- ARGV: 1 wall (ms), 2 silent for (ms), 3 then strained for (ms), 4 shortest pace (ms), 5 longest (ms)
local now, silent = tonumber(ARGV[1]), tonumber(ARGV[2])
local lane = redis.call('HMGET', KEYS[1], 'held', 'strained', 'pace')
local held, strained, pace = tonumber(lane[1] or 0), tonumber(lane[2] or 0), tonumber(lane[3] or 0)
-- Those that were on their way already say nothing new.
if now >= held then
  pace = now < strained and pace * 2 or 0
  pace = math.min(math.max(pace, tonumber(ARGV[4])), tonumber(ARGV[5]))
  redis.call('HSET', KEYS[1], 'pace', string.format('%.0f', pace))
end
local free_at = now + silent
if free_at > held then
  redis.call('HSET', KEYS[1], 'held', string.format('%.0f', free_at))
end
if free_at + ARGV[3] > strained then
  redis.call('HSET', KEYS[1], 'strained', string.format('%.0f', free_at + ARGV[3]))
end
redis.call('PEXPIRE', KEYS[1], math.max(silent + 2 * ARGV[3], redis.call('PTTL', KEYS[1])))
return 0
