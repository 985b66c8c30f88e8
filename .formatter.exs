[
  inputs: ["{mix,.formatter}.exs", "native/*.exs", "{bench,bin,config,lib,test}/**/*.{ex,exs}"]
]
