-- Applies one transfer, edit or undo, entirely or not at all. Redis runs nothing else meanwhile.
--
-- KEYS: 1 idempotency record, 2 receipts of the owner, 3 before-image, 4 audit stream,
--       5.. the hashes that changes refer to by their number in KEYS (2, the receipts, is one too),
--       8 history of a collection, 9 notes of the owner, 10 usage of the owner,
--       11.. histories of further collections
-- ARGV: payload hash ('' without an idempotency record), lifetime of that record in seconds,
--       receipt id, receipt as JSON ('' without a receipt),
--       lifetime of the before-image in seconds (0 without an image), owner,
--       lifetime of the histories in seconds from now on ('' if no history is concerned),
--       bytes of before-images that the owner may have, 'full' if the receipt counts as a full one,
--       number of the full receipt that becomes a summary ('' if none does),
--       number of audit arguments, the arguments of XADD after the key,
--       number of changes, and for each change: number of its hash in KEYS, field,
--         'absent' or 'present', expected value ('' if absent),
--         'keep' | 'set' | 'cut' | 'recover' | 'delete' | 'set-if-hash-exists' | 'set-if-absent' |
--         'replace' | 'summarize', new value, its SHA-256;
--         for 'cut' also the removed texts and their offsets, which the image keeps;
--         for 'recover' also the value that the image keeps instead of the current one; the new
--         value is '' if the field is removed;
--         'set-if-absent' and 'replace' compare nothing; 'summarize' sets the new value and deletes
--         the before-image of the receipt if the value is the expected one, and is passed over
--         otherwise
--
-- The usage has three queues, each with the fields '<queue>:<number>', '<queue>:last' and
-- '<queue>:removed', the number of the entry that was removed last:
--   'image' and 'idempotency': a key, its bytes (0 if they do not count) and when it expires;
--   'receipt': the id of a full receipt.
-- It also has 'image:bytes', the sum over the queue, and 'history:<key>' for each history.
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
local image_quota, fullness, summarized = tonumber(argument()), argument(), argument()

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
  elseif verb == 'summarize' then
    verb = current == expected and verb or 'keep'
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
  [KEYS[9]] = 'hash', [KEYS[10]] = 'hash',
}
for key, expected_type in pairs(expected_types) do
  local type = redis.call('TYPE', key).ok
  if type ~= 'none' and type ~= expected_type then
    return redis.error_reply('WRONGTYPE ' .. key .. ' is a ' .. type)
  end
end

local now = tonumber(redis.call('TIME')[1])
local usage = KEYS[10]

local function usage_number(name)
  return tonumber(redis.call('HGET', usage, name) or 0) or 0
end

local function push(queue, value)
  local number = usage_number(queue .. ':last') + 1
  redis.call('HSET', usage, queue .. ':' .. number, value, queue .. ':last', number)
end

local function remove_oldest(queue)
  local number = usage_number(queue .. ':removed') + 1
  redis.call('HDEL', usage, queue .. ':' .. number)
  redis.call('HSET', usage, queue .. ':removed', number)
end

-- Returns the key, the bytes and the end of the oldest entry, unless it is the only one.
local function oldest_of_several(queue)
  local number = usage_number(queue .. ':removed') + 1
  if number < usage_number(queue .. ':last') then
    local entry = redis.call('HGET', usage, queue .. ':' .. number) or ''
    local key, bytes, expires = string.match(entry, '^(.+) (%d+) (%d+)$')
    return true, key, tonumber(bytes) or 0, tonumber(expires) or 0
  end
end

-- Scripts may not be allowed to DEL, but to let a key expire at once.
local function delete_key(key)
  redis.call('EXPIRE', key, 0)
end

if image_lifetime ~= '0' then
  local image_bytes = 0
  redis.call('HSET', KEYS[3], 'owner', owner)
  for number, change in ipairs(changes) do
    if change.verb ~= 'keep' and change.hash ~= KEYS[2] and change.hash ~= KEYS[8] then
      local function keep(name, value)
        redis.call('HSET', KEYS[3], 'change:' .. number .. ':' .. name, value)
        image_bytes = image_bytes + #value
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

  push('image', KEYS[3] .. ' ' .. image_bytes .. ' ' .. now + tonumber(image_lifetime))
  local total = usage_number('image:bytes') + image_bytes
  local is_any, key, bytes, expires = oldest_of_several('image')
  while is_any and (total > image_quota or expires <= now) do
    if key then
      delete_key(key)
    end
    total = total - bytes
    remove_oldest('image')
    is_any, key, bytes, expires = oldest_of_several('image')
  end
  redis.call('HSET', usage, 'image:bytes', total)
end

for _, change in ipairs(changes) do
  if change.verb == 'set' then
    redis.call('HSET', change.hash, change.field, change.new)
  elseif change.verb == 'delete' then
    redis.call('HDEL', change.hash, change.field)
  elseif change.verb == 'summarize' then
    redis.call('HSET', change.hash, change.field, change.new)
    delete_key(string.sub(KEYS[3], 1, -#receipt_id - 1) .. change.field)
  end
end

if history_lifetime ~= '' then
  redis.call('EXPIRE', KEYS[8], history_lifetime)
  redis.call('HSET', usage, 'history:' .. KEYS[8], '')
  for number = 11, #KEYS do
    redis.call('EXPIRE', KEYS[number], history_lifetime)
    redis.call('HSET', usage, 'history:' .. KEYS[number], '')
  end
end
if receipt ~= '' then
  redis.call('HSET', KEYS[2], receipt_id, receipt)
end
if fullness == 'full' then
  push('receipt', receipt_id)
end
if summarized ~= '' and usage_number('receipt:removed') + 1 == tonumber(summarized) then
  remove_oldest('receipt')
end
if payload_hash ~= '' then
  redis.call('HSET', KEYS[1], 'payload', payload_hash, 'receipt', receipt_id)
  redis.call('EXPIRE', KEYS[1], record_lifetime)
  push('idempotency', KEYS[1] .. ' 0 ' .. now + tonumber(record_lifetime))
  local is_any, _, _, expires = oldest_of_several('idempotency')
  while is_any and expires <= now do
    remove_oldest('idempotency')
    is_any, _, _, expires = oldest_of_several('idempotency')
  end
end
redis.call('XADD', KEYS[4], unpack(audit))
return {'committed'}
