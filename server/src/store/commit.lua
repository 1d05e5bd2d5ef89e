-- Applies one transfer, edit or undo, entirely or not at all. Redis runs nothing else meanwhile.
--
-- KEYS: 1 idempotency record, 2 receipts of the owner, 3 before-image, 4 audit stream,
--       5.. the hashes that changes refer to by their number in KEYS (2, the receipts, is one too),
--       8 history of a collection, 9 notes of the owner, 10.. histories of further collections
-- ARGV: payload hash ('' without an idempotency record), lifetime of that record in seconds,
--       receipt id, receipt as JSON ('' without a receipt),
--       lifetime of the before-image in seconds (0 without an image), owner,
--       lifetime of the histories in seconds from now on ('' if no history is concerned),
--       number of audit arguments, the arguments of XADD after the key,
--       number of changes, and for each change: number of its hash in KEYS, field,
--         'absent' or 'present', expected value ('' if absent),
--         'keep' | 'set' | 'cut' | 'recover' | 'delete' | 'set-if-hash-exists' | 'set-if-absent' |
--         'replace', new value, its SHA-256;
--         for 'cut' also the removed texts and their offsets, which the image keeps;
--         for 'recover' also the value that the image keeps instead of the current one; the new
--         value is '' if the field is removed;
--         'set-if-absent' and 'replace' compare nothing
--
-- Values are bytes; nothing here parses them. Redis does not roll back what a failing script has
-- written, so everything that can fail comes before the first write.

local next_argument = 0
local function argument()
  next_argument = next_argument + 1
  return ARGV[next_argument]
end

local payload_hash, record_lifetime = argument(), argument()
local receipt_id, receipt = argument(), argument()
local image_lifetime, owner = argument(), argument()
local history_lifetime = argument()

if payload_hash ~= '' then
  local record = redis.call('HMGET', KEYS[1], 'payload', 'receipt')
  if record[1] then
    return {'replayed', record[1], record[2]}
  end
end

local audit = {}
for _ = 1, tonumber(argument()) do
  audit[#audit + 1] = argument()
end

local changes = {}
for _ = 1, tonumber(argument()) do
  local hash, field = KEYS[tonumber(argument())], argument()
  local presence, expected = argument(), argument()
  local verb, new, new_hash = argument(), argument(), argument()
  local removed, offsets, before
  if verb == 'cut' then
    verb, removed, offsets = 'set', argument(), argument()
  elseif verb == 'recover' then
    verb, before = new == '' and 'delete' or 'set', argument()
  end
  local current = redis.call('HGET', hash, field)
  if verb == 'set-if-absent' then
    verb = current and 'keep' or 'set'
  elseif verb == 'replace' then
    verb = 'set'
  elseif (presence == 'present') ~= (current ~= false) or (current and current ~= expected) then
    return {'stale'}
  end
  if verb == 'set-if-hash-exists' then
    verb = redis.call('EXISTS', hash) == 1 and 'set' or 'keep'
  end
  changes[#changes + 1] = {
    hash = hash, field = field, current = current, verb = verb, new = new, new_hash = new_hash,
    removed = removed, offsets = offsets, before = before or current,
  }
end

local expected_types = {
  [KEYS[2]] = 'hash', [KEYS[3]] = 'none', [KEYS[4]] = 'stream', [KEYS[8]] = 'hash',
  [KEYS[9]] = 'hash',
}
for key, expected_type in pairs(expected_types) do
  local type = redis.call('TYPE', key).ok
  if type ~= 'none' and type ~= expected_type then
    return redis.error_reply('WRONGTYPE ' .. key .. ' is a ' .. type)
  end
end

if image_lifetime ~= '0' then
  redis.call('HSET', KEYS[3], 'owner', owner)
  for number, change in ipairs(changes) do
    if change.verb ~= 'keep' and change.hash ~= KEYS[2] and change.hash ~= KEYS[8] then
      local function keep(name, value)
        redis.call('HSET', KEYS[3], 'change:' .. number .. ':' .. name, value)
      end
      keep('hash', change.hash)
      keep('field', change.field)
      if change.removed then
        keep('removed', change.removed)
        keep('offset', change.offsets)
      elseif change.before then
        keep('before', change.before)
      end
      if change.verb == 'set' then
        keep('after_sha256', change.new_hash)
      end
    end
  end
  redis.call('EXPIRE', KEYS[3], image_lifetime)
end

for _, change in ipairs(changes) do
  if change.verb == 'set' then
    redis.call('HSET', change.hash, change.field, change.new)
  elseif change.verb == 'delete' then
    redis.call('HDEL', change.hash, change.field)
  end
end

if history_lifetime ~= '' then
  redis.call('EXPIRE', KEYS[8], history_lifetime)
  for number = 10, #KEYS do
    redis.call('EXPIRE', KEYS[number], history_lifetime)
  end
end
if receipt ~= '' then
  redis.call('HSET', KEYS[2], receipt_id, receipt)
end
if payload_hash ~= '' then
  redis.call('HSET', KEYS[1], 'payload', payload_hash, 'receipt', receipt_id)
  redis.call('EXPIRE', KEYS[1], record_lifetime)
end
redis.call('XADD', KEYS[4], unpack(audit))
return {'committed'}
