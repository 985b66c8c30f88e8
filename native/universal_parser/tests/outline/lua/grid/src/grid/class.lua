-- Stack of things.
local Stack = {}

-- Pushes.
function Stack.push(self, item) end
function Stack:pop() end

local Other = {}
function Other.unseen() end

return setmetatable(Stack, { __call = function() end })
