#lang typed/racket
(provide (all-defined-out))
;; Doubles.
(: double (-> Integer Integer))
(define (double x) (* 2 x))
(define (plain [x : Integer] [y : String "a"]) : Integer x)
(define-type Tree (U Leaf Node))
