-- wrk prints for people; this line is for bench/lib.sh.
done = function(summary, latency)
  local e = summary.errors
  print(string.format("RESULT %.1f %.3f %.3f %d",
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end
