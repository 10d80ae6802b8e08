-- Gives the account's turn back; somebody else's is left alone.
-- KEYS: 1 turn (string: who has it)
-- ARGV: 1 who
-- Returns: 1 if it was theirs, else 0
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
