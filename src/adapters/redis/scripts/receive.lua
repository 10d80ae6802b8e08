-- Stores one command in a request's inbox, once per command id, and makes the request due.
-- KEYS: 1 record (hash), 2 inbox (list), 3 seen command ids (set), 4 due (zset)
-- ARGV: 1 request id, 2 command id, 3 entry (JSON), 4 now (ms), 5 "1" if it may make a request, 6 life of "seen" (s),
--       7 what the caller can read: version and SHA-1 of the record, "1:da39a3ee…"; "" = whatever is there
-- Returns: "received" | "seen-before" | "no-such-request" | "unread"
if ARGV[5] ~= '1' and redis.call('HEXISTS', KEYS[1], 'data') == 0 and redis.call('LLEN', KEYS[2]) == 0 then
  return 'no-such-request'
end
if redis.call('SISMEMBER', KEYS[3], ARGV[2]) == 1 then
  return 'seen-before'
end
if ARGV[7] ~= '' then
  local record = redis.call('HMGET', KEYS[1], 'version', 'data')
  local stored = (record[1] or '0') .. ':' .. redis.sha1hex(record[2] or '')
  if ARGV[7] ~= stored or redis.call('LLEN', KEYS[2]) > 0 then
    return 'unread'
  end
end
redis.call('SADD', KEYS[3], ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[6])
redis.call('RPUSH', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[4], 'LT', ARGV[4], ARGV[1])
return 'received'
