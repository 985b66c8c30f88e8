#!/usr/bin/env lua
--- Keeps books in order.
-- Second line.
-- @module grid.shelf

local helper = require("grid.helper")

local M = {}

--- The version.
M.VERSION = "1.0"
M._SECRET = 1
M.limits = { rows = 10, columns = 20 }

--- Opens a shelf.
---@param path string where
---@param mode? "r"|"w"
---@return Shelf
function M.open(path, mode)
  return setmetatable({ path = path }, M)
end

--[[ Closes it.

  Twice is fine. ]]
function M:close()
end

--[==[
Deep doc.
  code
]==]
M.deep = function(a, b, ...)
  return a
end

-- Plain comments right above count.
M.nested = {
  --- Sorts.
  sort = function(list, by) end,
  limit = 3,
}

function M.nested.push(self, book) end

local function hidden(a)
  return a
end

local quiet = function() end

---@deprecated use open
function M.old() end

---@private
function M.internal() end

--- Used below.
local function exported(a, b)
  return a + b
end
M.exported = exported

function M._underscore() end

M["quoted name"] = function() end
M["plain"] = function() end

--- A class.
---@class Shelf
---@field rows integer how many
---@field private inner string
local Shelf = {}
Shelf.__index = Shelf

--- Makes one.
function Shelf.new(rows)
  return setmetatable({ rows = rows }, Shelf)
end

--- Number of rows.
function Shelf:count() return self.rows end

M.Shelf = Shelf

--- A global.
function global_function(x) end

GLOBAL = 7

---@alias Mode "r"|"w"

---@enum Color
M.Color = { RED = 1, GREEN = 2 }

if jit then
  --- Only with LuaJIT.
  function M.fast() end
end

function M.broken(a
  local x = = 1
end

--- Found after the error.
function M.after(a) end

return M
