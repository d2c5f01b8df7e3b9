-- Ask for the addresses of a file in turn, and say what came as one line of JSON.
local paths = {}
local at = 0

function init(args)
  for line in io.lines(args[1]) do
    table.insert(paths, line)
  end
end

function request()
  at = at % #paths + 1
  return wrk.format(nil, paths[at])
end

function done(summary, latency)
  io.write(string.format(
    '{"rate": %.2f, "p50": %.3f, "p99": %.3f, "errors": %d}\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  ))
end
