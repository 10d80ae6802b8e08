-- Keeps a lane silent for some time, and strained for longer: one call after the other.
-- KEYS: 1 lane (hash: free, held, strained, all wall ms)
-- ARGV: 1 wall until which it is silent (ms), 2 wall until which it is strained (ms), 3 forget it after (ms)
for index, name in ipairs({ 'held', 'strained' }) do
  if tonumber(ARGV[index]) > tonumber(redis.call('HGET', KEYS[1], name) or 0) then
    redis.call('HSET', KEYS[1], name, ARGV[index])
  end
end
redis.call('PEXPIRE', KEYS[1], math.max(tonumber(ARGV[3]), redis.call('PTTL', KEYS[1])))
return 0
