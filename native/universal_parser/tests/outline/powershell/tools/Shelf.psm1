#Requires -Version 5.1
using namespace System.Collections

<#
.SYNOPSIS
Keeps books in order.
#>

$script:Rows = 10
Set-Variable -Name Limit -Value 5 -Option Constant

<#
.SYNOPSIS
    Opens a shelf.
.DESCRIPTION
    Opens the shelf at a path.
.PARAMETER Path
    Where it is.
.EXAMPLE
    Open-Shelf -Path a
#>
function Open-Shelf {
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([string])]
    param(
        # Where it is.
        [Parameter(Mandatory, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [ValidateSet('Read', 'Write')]
        [string] $Mode = 'Read',

        [switch] $Force
    )
    begin { }
    process { $Path }
}

function Close-Shelf {
    <#
    .SYNOPSIS
        Closes a shelf.
    #>
    param([string]$Path)
    Write-Output $Path
}

# Adds two numbers.
function Add-Numbers([int]$A, [int]$B = 2) { $A + $B }

function Get-Plain { 'x' }

function _Hidden { }

function script:Scoped { }
function global:Get-Everywhere { }

filter Select-Books { $_ }

# Sorts books.
enum Order {
    Up
    Down = 2
}

[Flags()] enum Bits { A = 1; B = 2 }

# A book.
class Book : IComparable {
    # The title.
    [string] $Title
    [ValidateNotNull()] [int] $Pages = 0
    hidden [string] $Secret
    static [int] $Count = 0

    # Makes one.
    Book([string] $title) { $this.Title = $title }
    Book([string] $title, [int] $pages) : base($title) { }

    # Compares.
    [int] CompareTo([object] $other) { return 0 }
    [void] Close() { }
    hidden [void] Clean() { }
    static [Book] Make([string] $title) { return [Book]::new($title) }
}

New-Alias -Name osh -Value Open-Shelf
Set-Alias csh Close-Shelf

if ($IsWindows) {
    function Get-WindowsShelf { }
}

function Broken-Thing {
    param($a
    if ( }
}

# Found after the error.
function Get-After { 'after' }

Export-ModuleMember -Function Open-Shelf, Close-Shelf, 'Add-Numbers', Get-After -Alias osh
