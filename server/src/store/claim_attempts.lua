-- Counts an attempt to claim a legacy account, unless there were too many.
--
-- KEYS: one key for each quota. Each holds the seconds of its latest attempts, oldest first.
-- ARGV: the number of attempts that a quota allows, and the seconds for which each attempt counts.
-- Answers 0 if the attempt was counted on every key, else the seconds until the next one is
-- allowed; then nothing was counted.

local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local now = tonumber(redis.call('TIME')[1])
local attempts, wait = {}, 0

for number, key in ipairs(KEYS) do
  local recent = {}
  for at in string.gmatch(redis.call('GET', key) or '', '%d+') do
    if tonumber(at) > now - window then
      table.insert(recent, at)
    end
  end
  if #recent >= limit then
    wait = math.max(wait, recent[#recent - limit + 1] + window - now)
  end
  attempts[number] = recent
end

if wait > 0 then
  return wait
end
for number, key in ipairs(KEYS) do
  table.insert(attempts[number], now)
  redis.call('SET', key, table.concat(attempts[number], ' '), 'EX', window)
end
return 0
