-- The one script that changes a request: record, audit, inbox, held names and due, wholly or not at all.
-- The record's version is the fence; a commit id seen before is answered again without effect.
-- KEYS: 1 record (hash: data, version, commits), 2 inbox (list), 3 due (zset), 4 audit (list),
--       then the names to hold, then the names to release, then the lists to be in, then those not to be in (zsets)
-- ARGV: 1 request id, 2 commit id, 3 expected version, 4 record (JSON, "" = unchanged), 5 now (ms), 6 due (ms, "" = never),
--       7 inbox entries taken, 8 number of names to hold, 9 number of names to release,
--       10 number of lists to be in, 11 number of those not to be in, then for each to be in: its score, and how many of
--       the newest stay (0 = all), then audit entries (JSON)
-- Returns: {"committed", version} | {"stale"} | {"taken", index of the name from 0, its holder}
local id, commit = ARGV[1], ARGV[2]
local taken, holds, releases = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local adds, removes = tonumber(ARGV[10]), tonumber(ARGV[11])
local stored = redis.call('HMGET', KEYS[1], 'version', 'commits')
local version = tonumber(stored[1] or '0')
local commits = stored[2] or ''

if string.find(commits, commit, 1, true) then
  return { 'committed', version }
end
if version ~= tonumber(ARGV[3]) then
  return { 'stale' }
end
for i = 1, holds do
  local holder = redis.call('GET', KEYS[4 + i])
  if holder and holder ~= id then
    return { 'taken', i - 1, holder }
  end
end

-- Nothing is written above this line: Lua does not roll back.
if ARGV[4] ~= '' or taken > 0 then
  version = version + 1
  -- Enough of the last ids to recognise a script that the client sent again after a dropped connection.
  local recent = string.sub(commit .. ' ' .. commits, 1, 8 * (#commit + 1))
  redis.call('HSET', KEYS[1], 'version', version, 'commits', recent)
end
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[1], 'data', ARGV[4])
end
for i = 12 + 2 * adds, #ARGV do
  redis.call('RPUSH', KEYS[4], ARGV[i])
end
if taken > 0 then
  redis.call('LTRIM', KEYS[2], taken, -1)
end
for i = 1, holds do
  redis.call('SET', KEYS[4 + i], id)
end
for i = 1, releases do
  local key = KEYS[4 + holds + i]
  if redis.call('GET', key) == id then
    redis.call('DEL', key)
  end
end
local lists = 4 + holds + releases
for i = 1, adds do
  local key, keep = KEYS[lists + i], tonumber(ARGV[11 + 2 * i])
  redis.call('ZADD', key, ARGV[10 + 2 * i], id)
  if keep > 0 then
    redis.call('ZREMRANGEBYRANK', key, 0, -(keep + 1))
  end
end
for i = 1, removes do
  redis.call('ZREM', KEYS[lists + adds + i], id)
end
if redis.call('LLEN', KEYS[2]) > 0 then
  -- Something came in after the load: it is due now, whatever the run thinks.
  redis.call('ZADD', KEYS[3], ARGV[5], id)
elseif ARGV[6] ~= '' then
  redis.call('ZADD', KEYS[3], ARGV[6], id)
else
  redis.call('ZREM', KEYS[3], id)
end
return { 'committed', version }
