param([string]$Name = 'x')
function Get-Name { $Name }
function Helper-Thing { }
