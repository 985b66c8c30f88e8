;;; Licence.

(define-module (shelf guile)
  #:use-module (srfi srfi-1)
  #:export (add (hidden . shown))
  #:export-syntax (my-if))

;; Not touching what follows.

(define (add a b)
  "Adds A and B."
  (+ a b))
(define* (hidden #:key (x 1) #:optional y) x)
(define-public (public-one z) "A docstring alone is a value" z)
(define-public answer 42)
(define-syntax-rule (my-if c a b) (cond (c a) (else b)))
(define-inlinable (fast x) x)
(define-class <shape> () (size #:init-value 0))
(define-method (area (s <shape>)) 1)
(define-syntax broken (syntax-rules () ((_ x) x))
(define (inside-the-broken y) y)
