-- For wrk: sends the requests of a file that ocokit_presign has written, in their order.
--   wrk ... -s signed.lua URL -- FILE THREADS
-- THREADS as for wrk's -t: the n-th thread sends every THREADS-th request, so that keys that come in
-- turn stay with one thread. Ends with one JSON line. `laps` is how often the file was begun anew.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

local requests = {}
local at = 0

function init(args)
  laps = 0
  local file = assert(io.open(args[1], "rb"))
  local of = tonumber(args[2])
  local i = 0
  while true do
    local size = file:read("*n")
    if not size then break end
    file:read(1)
    if i % of == number then
      requests[#requests + 1] = file:read(size)
    else
      file:seek("cur", size)
    end
    i = i + 1
  end
  file:close()
end

function request()
  at = at + 1
  if at > #requests then
    at = 1
    laps = laps + 1
  end
  return requests[at]
end

function done(summary, latency, _)
  local laps_of_all = 0
  for _, thread in ipairs(threads) do
    laps_of_all = laps_of_all + thread:get("laps")
  end
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"duration_us":%d,"bytes":%d,"laps":%d,"p50_us":%d,"p90_us":%d,"p99_us":%d,' ..
    '"p999_us":%d,"max_us":%d,"connect_errors":%d,"read_errors":%d,"write_errors":%d,' ..
    '"status_errors":%d,"timeouts":%d}\n',
    summary.requests, summary.duration, summary.bytes, laps_of_all, latency:percentile(50),
    latency:percentile(90), latency:percentile(99), latency:percentile(99.9), latency.max,
    errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
