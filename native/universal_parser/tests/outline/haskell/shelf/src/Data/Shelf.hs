{-# LANGUAGE CPP, GADTs, PatternSynonyms, TypeFamilies #-}
{-# OPTIONS_GHC -Wall #-}
-- Licence, no documentation.

-- |
-- Module      : Data.Shelf
-- Copyright   : (c) Us
-- License     : MIT
--
-- A shelf of books.
--
-- > add x shelf
module Data.Shelf
  ( -- * Books
    Book(..), Genre(Novel), Hidden, Wrap(unWrap)
  , add, (<+>), title', size
  , Sized(..), Named(named)
  , Expr(..), Elem, Family
  , pattern Pair, pattern Long
  , c_sin, old, conditional, infixed
  , module Data.Map
  , x
  ) where

import Data.Map

-- | Adds a book.
--
-- Twice, even.
add :: Book    -- ^ which
    -> [Book]  -- ^ where
    -> [Book]
add b [] = [b]
add b bs = b : bs
  where helper = 1

infixr 5 <+>

-- | Both.
(<+>), (<->) :: Int -> Int -> Int
a <+> b = a + b
(<->) a b = a - b

{-| The title.

In a block.
-}
title' :: forall a. (Show a) => a -> String
title' = show

size = 3
hidden x = x
a `infixed` b = a

-- | A book.
data Book
  = Book             -- ^ the constructor
      { title :: !String -- ^ Its title.
      , pages, chapters :: Int
      -- ^ How many.
      }
  deriving (Eq, Show)

data Genre = Novel | Poem Int | Int :+: Int
-- | Constructors are hidden.
data Hidden = Hidden Int
newtype Wrap a = Wrap { unWrap :: a } deriving newtype Show
data Empty

-- | Expressions.
data Expr a where
  -- | A number.
  Num :: Int -> Expr Int
  And, Or :: Expr Bool -> Expr Bool -> Expr Bool
  Rec :: { inner :: a } -> Expr a

-- | What has a size.
class (Eq a) => Sized a where
  {-# MINIMAL sized #-}
  -- | Its size.
  sized :: a -> Int
  default sized :: Show a => a -> Int
  sized _ = 0
  type Unit a :: *
  weight, height :: a -> Double

class Named a where { named :: a -> String; secretly :: a -> Int }

instance Sized Book where
  sized = pages

type Elem = Int
type family Family a where
  Family Int = Bool
data family Table k
data instance Table Int = IntTable Int

pattern Pair :: a -> b -> (a, b)
pattern Pair a b = (a, b)
-- | Long ones.
pattern Long x <- (id -> x)

foreign import ccall "math.h sin" c_sin :: Double -> Double

{-# DEPRECATED old "use new" #-}
old :: Int
old = 1

#ifdef mingw32_HOST_OS
-- | On Windows.
conditional :: Int
conditional = 1
#else
conditional :: Int
conditional = 2
#endif

deriving instance Eq Hidden

broken = = 3 ) (

x, y :: Int
x = 1
y = 2
