-- Commits one transfer or one edit, whole or not at all. Redis runs nothing else meanwhile.
--
-- KEYS: 1 idempotency record, 2 the owner's receipts, 3 before-image, 4 audit stream,
--       5.. the hashes that changes name by their number (2, the receipts, is one of them too);
--       8 is a collection's history
-- ARGV: payload hash ('' for no idempotency record), seconds that record lives, receipt id,
--       receipt as JSON ('' for none), seconds the before-image lives (0 for none), owner,
--       seconds the history lives from now on ('' if it is not concerned),
--       number of audit texts, the texts (what XADD takes after the key),
--       number of changes, then for each: number of its hash in KEYS, field,
--         'absent' or 'present', the value it was planned on ('' if absent),
--         'keep' | 'set' | 'cut' | 'delete' | 'set-if-hash-exists', the new value, its SHA-256;
--         for 'cut' also the text that was cut out and its offset: the image keeps these
--
-- Values are bytes: nothing here parses them. Everything that may fail comes before the first
-- write, because Redis does not take back what a failing script has written.

local next_argument = 0
local function argument()
  next_argument = next_argument + 1
  return ARGV[next_argument]
end

local payload, record_life = argument(), argument()
local receipt_id, receipt = argument(), argument()
local image_life, owner = argument(), argument()
local history_life = argument()

if payload ~= '' then
  local earlier = redis.call('HMGET', KEYS[1], 'payload', 'receipt')
  if earlier[1] then
    return {'replayed', earlier[1], earlier[2]}
  end
end

local audit = {}
for _ = 1, tonumber(argument()) do
  audit[#audit + 1] = argument()
end

local changes = {}
for _ = 1, tonumber(argument()) do
  local hash, field = KEYS[tonumber(argument())], argument()
  local presence, planned = argument(), argument()
  local verb, new, new_hash = argument(), argument(), argument()
  local removed, offset
  if verb == 'cut' then
    verb, removed, offset = 'set', argument(), argument()
  end
  local current = redis.call('HGET', hash, field)
  if (presence == 'present') ~= (current ~= false) or (current and current ~= planned) then
    return {'stale'}
  end
  if verb == 'set-if-hash-exists' then
    verb = redis.call('EXISTS', hash) == 1 and 'set' or 'keep'
  end
  changes[#changes + 1] = {
    hash = hash, field = field, current = current, verb = verb, new = new, new_hash = new_hash,
    removed = removed, offset = offset,
  }
end

local ours = {[KEYS[2]] = 'hash', [KEYS[3]] = 'none', [KEYS[4]] = 'stream', [KEYS[8]] = 'hash'}
for key, expected in pairs(ours) do
  local found = redis.call('TYPE', key).ok
  if found ~= 'none' and found ~= expected then
    return redis.error_reply('WRONGTYPE ' .. key .. ' is a ' .. found)
  end
end

local image = {'owner', owner}
for number, change in ipairs(changes) do
  if change.verb ~= 'keep' and change.hash ~= KEYS[2] and change.hash ~= KEYS[8] then
    local name = 'change:' .. number .. ':'
    image[#image + 1] = name .. 'hash'
    image[#image + 1] = change.hash
    image[#image + 1] = name .. 'field'
    image[#image + 1] = change.field
    if change.removed then
      image[#image + 1] = name .. 'removed'
      image[#image + 1] = change.removed
      image[#image + 1] = name .. 'offset'
      image[#image + 1] = change.offset
    elseif change.current then
      image[#image + 1] = name .. 'before'
      image[#image + 1] = change.current
    end
    if change.verb == 'set' then
      image[#image + 1] = name .. 'after_sha256'
      image[#image + 1] = change.new_hash
    end
  end
end
if image_life ~= '0' then
  for first = 1, #image, 2 do
    redis.call('HSET', KEYS[3], image[first], image[first + 1])
  end
  redis.call('EXPIRE', KEYS[3], image_life)
end

for _, change in ipairs(changes) do
  if change.verb == 'set' then
    redis.call('HSET', change.hash, change.field, change.new)
  elseif change.verb == 'delete' then
    redis.call('HDEL', change.hash, change.field)
  end
end

if history_life ~= '' then
  redis.call('EXPIRE', KEYS[8], history_life)
end
if receipt ~= '' then
  redis.call('HSET', KEYS[2], receipt_id, receipt)
end
if payload ~= '' then
  redis.call('HSET', KEYS[1], 'payload', payload, 'receipt', receipt_id)
  redis.call('EXPIRE', KEYS[1], record_life)
end
redis.call('XADD', KEYS[4], unpack(audit))
return {'committed'}
