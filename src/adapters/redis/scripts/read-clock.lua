-- Reads the time where the offset lies: in a Cluster TIME alone would be any server's.
-- KEYS: 1 offset (string, ms)
-- ARGV: 1 "1" if the offset counts
-- Returns: {seconds, microseconds, offset (ms)}
local time = redis.call('TIME')
local offset = ARGV[1] == '1' and redis.call('GET', KEYS[1]) or '0'
return { time[1], time[2], offset }
