-- Every request of the results page asks what nobody asked before: a least price that differs each time.
dofile((os.getenv("BENCH_LUA") or "scripts/bench") .. "/report.lua")
local asked = 0
request = function()
  asked = asked + 1
  return wrk.format("GET", wrk.path .. "+" .. (10000 + asked) .. "%EC%9B%90+%EC%9D%B4%EC%83%81")
end
