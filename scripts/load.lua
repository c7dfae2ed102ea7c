-- What wrk asks: four of five times a page, else a query; in an order of its own for each thread. `{n}` stands for a number.
local function lines(name)
  local all = {}
  for line in io.lines(os.getenv("LOAD") .. "/" .. name) do all[#all + 1] = line end
  return all
end

local pages, queries = lines("pages"), lines("queries")
local count = 0

function setup(thread) count = count + 1; thread:set("seed", os.time() + count) end

function init() math.randomseed(seed) end

function request()
  local from = math.random() < 0.8 and pages or queries
  local path = from[math.random(#from)]:gsub("{n}", function() return math.random(0, 9999) end)
  return wrk.format("GET", path, { Accept = from == pages and "text/html" or "application/sparql-results+json" })
end

function done(summary, latency)
  local errors = summary.errors
  local function at(percentile) return latency:percentile(percentile) / 1000 end
  io.write(string.format("%d requests, %.0f a second; p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, longest %.0f ms\n",
    summary.requests, summary.requests * 1e6 / summary.duration, at(50), at(90), at(99), latency.max / 1000))
  local wrong = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("errors: %d (status %d, connect %d, read %d, write %d, time %d)\n", wrong, errors.status,
    errors.connect, errors.read, errors.write, errors.timeout))
  if wrong > 0 then os.exit(1) end
end
