"""
    Shelf

Keeps books in order.
"""
module Shelf

using LinearAlgebra
import Base: show, length

export open_shelf, Book, @shelf, ROWS, AbstractShelf
export close_shelf!
public quiet, Inner

"How many rows."
const ROWS = 10
const (A, B) = (1, 2)
const LIMITS::Vector{Int} = [1, 2]
global counter = 0
setting = 3

"""
    open_shelf(path; mode=:read)

Opens a shelf.

# Examples
```julia
open_shelf("a")
```
"""
function open_shelf(path::AbstractString, n::Int=1; mode::Symbol=:read, kw...)::Book
    inner(x) = x
    return Book(path)
end

open_shelf(n::Integer) = open_shelf(string(n))

"Closes it."
close_shelf!(s::T) where {T<:AbstractShelf} = nothing

function generic(a::T, b::S) where {T,S<:Number}
end

function forward end

@inline fast(x) = x + 1

"Documented behind a macro."
Base.@propagate_inbounds function getit(a, i)
    a[i]
end

Base.show(io::IO, b::Book) = print(io, b.title)
Base.length(::Book) = 1
Base.:(==)(a::Book, b::Book) = a.title == b.title
(b::Book)(x) = x
+(a::Book, b::Book) = a

_hidden(x) = x

"Quiet but public."
quiet() = nothing

"Anything that holds books."
abstract type AbstractShelf <: Any end
abstract type Sub{T} <: AbstractShelf end
primitive type Tiny 8 end

"""
A book.
"""
struct Book{T<:Real} <: AbstractShelf
    "The title."
    title::String
    pages::T
    untyped

    Book(title) = new{Int}(title, 0, nothing)
    function Book{T}(title::String, pages) where T
        new{T}(title, pages, nothing)
    end
end

mutable struct Counter
    const fixed::Int
    count::Int
end

Base.@kwdef struct Options
    rows::Int = 10
end

@enum Color RED GREEN=2 BLUE

"Union of two."
const Either = Union{Book,Counter}

"""
    @shelf expr

Makes a shelf.
"""
macro shelf(expr, args...)
    esc(expr)
end

module Inner
export deep
"Deep."
deep(x) = x
hidden(x) = x
end

baremodule Bare
f() = 1
end

if VERSION >= v"1.9"
    newer() = 1
else
    older() = 1
end

let
    captured() = 1
end

@doc "Documented apart." apart
apart(x) = x

@deprecate old_open(x) open_shelf(x)

const alias = open_shelf

include("other.jl")

function broken(a
    x = = 1 )
end

"Found after the error."
after(x) = x

end # module
