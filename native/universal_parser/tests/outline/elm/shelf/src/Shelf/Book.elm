port module Shelf.Book exposing
    ( Book, Genre(..), Opaque
    , title, add, limit, (|>), noAnnotation
    , saved
    )

{-| Books.

# Making

@docs add

-}

import Dict exposing (Dict)
import List as L

-- A plain comment.

{-| Most books. -}
limit : Int
limit =
    10


{-| Adds a book.

    add book shelf == shelf

-}
add : Book -> List Book -> List Book
add book shelf =
    let
        inner : Int
        inner = 1
    in
    book :: shelf


{- no documentation -}
title : { a | title : String } -> String
title { title } =
    title

noAnnotation x y = x + y
hidden = 1

{-| A book. -}
type alias Book =
    { title : String -- its title
    , pages : Int
    , nested : { deep : Int }
    }

type alias Names = List String

{-| What sort. -}
type Genre
    = Novel
    | Poem Int String
    | Other { name : String }

type Opaque a = Opaque a

port saved : String -> Cmd msg
port loaded : (String -> msg) -> Sub msg

infix left 0 (|>) = apR

apR : a -> (a -> b) -> b
apR x f = f x

broken : Int -> 
broken x = = 2

after : Int -> Int
after x = x
