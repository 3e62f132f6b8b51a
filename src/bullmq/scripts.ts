/**
 * What happens to a recipient happens in these scripts, each at once and as a whole.
 *
 * A person's state is a letter and the row: `s7` sent, `f7` failed, `k7` skipped, `u7` unknown; `p7.2` pending, for the
 * second of the campaign's numbers; and `a7.2:<start>:<moment>:<token>` from just before the request until its outcome is
 * written down: the attempt marker. `#7` instead of a person is a row that the plan leaves out.
 */
const COMMON = `
local people, counts, outcomes, header, rest = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local words = { s = 'sent', f = 'failed', k = 'skipped', u = 'unknown' }
local function row_of(state) return string.match(state, '^%a(%d+)') end
local function place_of(state) return string.match(state, '^%a([%d.]+)') end
local function attempt_of(state) return string.match(state, '^a[%d.]+:(%d+):%d+:(.*)$') end
local function sessions() return cjson.decode(redis.call('HGET', header, 'sessions') or '[]') end
-- Who is to send it, and counts it as left. There may be another job of it, in the queue of a number that it had before.
local function session_of(state) return sessions()[tonumber(string.match(state, '^%a%d+%.(%d+)'))] or '' end
local function count(name, by) redis.call('HINCRBY', counts, name, by) end
local function note(outcome) redis.call('XADD', outcomes, '*', 'o', outcome) end
local function number(key, field) return tonumber(redis.call('HGET', key, field) or '0') end
local function expire_if_over()
  local keep = redis.call('HGET', header, 'keepMs')
  if not keep or redis.call('HGET', header, 'enqueued') ~= '1' then return end
  local done = number(counts, 'sent') + number(counts, 'failed') + number(counts, 'skipped') + number(counts, 'unknown')
  if done < number(counts, 'total') then return end
  for at = 1, 4 do redis.call('PEXPIRE', KEYS[at], keep) end
end
local function settle(person, state, letter, outcome)
  if string.sub(state, 1, 1) == 'u' then count('unknown', -1) else count('left:' .. session_of(state), -1) end
  redis.call('HSET', people, person, letter .. row_of(state))
  count(words[letter], 1)
  note(outcome)
  expire_if_over()
end
`;

/**
 * What is to be sent, and how. Its numbers only become more: rows of an earlier call wait for theirs. Who paused it wants
 * it so, whatever else is added.
 */
export const OPEN = `
local header, name, settings, onUnknown, added = KEYS[1], unpack(ARGV)
local sessions, known = cjson.decode(redis.call('HGET', header, 'sessions') or '[]'), {}
for _, session in ipairs(sessions) do known[session] = true end
for _, session in ipairs(cjson.decode(added)) do
  if not known[session] then table.insert(sessions, session) end
  known[session] = true
end
redis.call('HSET', header, 'name', name, 'settings', settings, 'onUnknown', onUnknown, 'enqueued', '0',
  'sessions', cjson.encode(sessions))
if redis.call('HGET', header, 'state') ~= 'paused' then redis.call('HSET', header, 'state', 'running') end`;

/** Takes rows in. Gives 1 for each that needs a job. */
export const TAKE = `${COMMON}
local again = redis.call('HGET', header, 'onUnknown') == 'mayDuplicate'
local places, jobs = {}, {}
for place, session in ipairs(sessions()) do places[session] = place end
local function give(one)
  redis.call('HSET', people, one.person, 'p' .. one.row .. '.' .. places[one.session])
  count('load:' .. one.session, 1)
  count('left:' .. one.session, 1)
  if one.isNew then count('new:' .. one.session, 1) end
end
for place, one in ipairs(cjson.decode(ARGV[1])) do
  local skip = '#' .. one.row
  local known = one.person and redis.call('HGET', people, one.person)
  local same = known and row_of(known) == tostring(one.row)
  local job = 0
  if one.skipped then
    if not same and redis.call('HSETNX', people, skip, 'k') == 1 then
      count('total', 1)
      count('skipped', 1)
      note(one.skipped)
    end
  elseif not known then
    if redis.call('HEXISTS', people, skip) == 0 then
      give(one)
      count('total', 1)
      job = 1
    end
  elseif same then
    local letter = string.sub(known, 1, 1)
    if letter == 'u' and again then
      count('unknown', -1)
      give(one)
      job = 1
    elseif letter == 'p' then
      local before = session_of(known)
      if before ~= one.session then
        count('left:' .. before, -1)
        give(one)
      end
      job = 1
    end
  elseif redis.call('HSETNX', people, skip, 'k') == 1 then
    count('total', 1)
    count('skipped', 1)
    note(cjson.encode({ row = one.row, to = one.to, status = 'skipped', reason = 'duplicate',
      detail = 'the same person as row ' .. row_of(known), at = tonumber(ARGV[2]) }))
  end
  jobs[place] = job
end
return jobs`;

/**
 * Whether a job may go on: `go`, or `gone`, `moved` to another number, `settled`, `busy`, the campaign's state, `rest` or
 * `probe`. With a token it sets the attempt marker, if nobody has.
 */
export const BEGIN = `${COMMON}
local person, session, token, started, now = unpack(ARGV)
local state = redis.call('HGET', header, 'state')
local known = redis.call('HGET', people, person)
if not state or not known then return { 'gone' } end
local letter = string.sub(known, 1, 1)
if (letter == 'a' or letter == 'p') and session_of(known) ~= session then return { 'moved' } end
if letter == 'a' then
  local _, owner = attempt_of(known)
  if token ~= '' and owner == token then return { 'go' } end
  return { 'busy' }
end
if letter ~= 'p' then return { 'settled' } end
if state ~= 'running' then return { state } end
local reason = redis.call('HGET', rest, 'reason')
if reason then
  local ends = redis.call('HGET', rest, 'until')
  if tonumber(ends) > tonumber(now) then return { 'rest', ends } end
  if reason ~= 'rate_limited' then return { 'probe' } end
  redis.call('HDEL', rest, 'reason', 'until')
end
if token ~= '' then
  redis.call('HSET', people, person, 'a' .. place_of(known) .. ':' .. started .. ':' .. now .. ':' .. token)
end
return { 'go' }`;

/** Writes an outcome down, unless there is a certain one already. Takes the marker away with it. */
export const SETTLE = `${COMMON}
local person, letter, outcome, token, isNew = unpack(ARGV)
local known = redis.call('HGET', people, person)
if not known then return 0 end
local was = string.sub(known, 1, 1)
if was == 's' or was == 'f' or was == 'k' or was == letter then return 0 end
if was == 'a' then
  local _, owner = attempt_of(known)
  if owner ~= token then return 0 end
end
if letter == 's' then
  redis.call('HDEL', rest, 'waits', 'failures')
  if isNew == '1' then redis.call('HDEL', rest, 'locks') end
end
settle(person, known, letter, outcome)
return 1`;

/** The attempt sent nothing, or may be repeated: takes its marker away. */
export const RELEASE = `${COMMON}
local known = redis.call('HGET', people, ARGV[1])
if not known or string.sub(known, 1, 1) ~= 'a' then return 0 end
local _, owner = attempt_of(known)
if owner ~= ARGV[2] then return 0 end
redis.call('HSET', people, ARGV[1], 'p' .. place_of(known))
return 1`;

/** What becomes of a job whose worker died: `retry`, `drop`, or `leave` when another attempt has begun since. */
export const RECOVER = `${COMMON}
local person, session, started, outcome = unpack(ARGV)
local known = redis.call('HGET', people, person)
local state = redis.call('HGET', header, 'state')
if not known or not state then return 'drop' end
local letter = string.sub(known, 1, 1)
if letter ~= 'a' and letter ~= 'p' or session_of(known) ~= session then return 'drop' end
if letter == 'a' then
  local began = attempt_of(known)
  if tonumber(began) > tonumber(started) then return 'leave' end
  if redis.call('HGET', header, 'onUnknown') ~= 'mayDuplicate' then
    settle(person, known, 'u', outcome)
    return 'drop'
  end
  redis.call('HSET', people, person, 'p' .. place_of(known))
end
return state == 'cancelled' and 'drop' or 'retry'`;

/** All of the source is in. */
export const ENQUEUED = `${COMMON}
redis.call('HSET', header, 'enqueued', '1')
expire_if_over()`;

/** Pauses, resumes or cancels a campaign that is there. A cancelled one has no jobs: only enqueueing makes it run again. */
export const STEER = `
local state = redis.call('HGET', KEYS[1], 'state')
if state and state ~= 'cancelled' then redis.call('HSET', KEYS[1], 'state', ARGV[1]) end`;

/** A number rests, if it does not already: so long, or with growing waits. */
export const REST = `
local rest, reason, now, ms, first, longest = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local ends = redis.call('HGET', rest, 'until')
if ends and tonumber(ends) > now then return ends end
if ms < 0 then
  ms = math.min(longest, first * 2 ^ (redis.call('HINCRBY', rest, 'waits', 1) - 1))
end
ends = string.format('%.0f', now + ms)
redis.call('HSET', rest, 'reason', reason, 'until', ends)
return ends`;

/** Until when a number opens no new chats after a refusal; many refusals of one moment count once. */
export const LOCK = `
local rest, now, first, longest = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local ends = redis.call('HGET', rest, 'lockedUntil')
if ends and tonumber(ends) > now then return ends end
local locks = redis.call('HINCRBY', rest, 'locks', 1)
ends = string.format('%.0f', now + math.min(longest, first * 2 ^ (locks - 1)))
redis.call('HSET', rest, 'lockedUntil', ends)
return ends`;
