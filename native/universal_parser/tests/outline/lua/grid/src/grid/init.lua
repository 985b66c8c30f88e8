--- Functions.
local function add(a, b) return a + b end

-- Not ours to see.
local function inner() end

-- Detached.

local limits = { 1, 2 }

return {
  add = add,
  --- Takes away.
  sub = function(a, b) return a - b end,
  ["mul"] = function(a, b) end,
  limits = limits,
  NAME = "grid",
  _private = function() end,
  deep = { inside = function(x) end },
}
