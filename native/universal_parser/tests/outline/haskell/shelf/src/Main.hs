import System.IO

-- | Runs.
main :: IO ()
main = pure ()

helper :: Int -> Int
helper n = n
