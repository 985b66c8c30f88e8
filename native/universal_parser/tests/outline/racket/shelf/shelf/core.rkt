#lang racket/base
;; Licence.

(require racket/contract (for-syntax racket/base))
(provide add
         limit
         (struct-out book)
         (rename-out [internal-title title])
         (contract-out
          [checked (-> integer? string?)]
          [struct cell ([value any/c])]
          (rename inner-name outer-name (-> any/c any/c)))
         (except-out (all-from-out racket/list) first)
         with-shelf
         shape%)

;; Most books.
(define limit 10)
;; Adds a book.
;; : shelf book -> shelf
(define (add shelf book #:front? [front? #f] . more) (cons book shelf))

(define (internal-title b) (book-title b))
(define (checked n) (number->string n))
(define inner-name (lambda (x) x))
(define (hidden x) x)
(define ((curried a) b) (+ a b))
(define/contract (guarded x) (-> integer? integer?) x)
(struct book (title [pages #:mutable]) #:transparent)
(struct novel book (author))
(struct cell (value))
(define-struct old (x y))
(define-values (p q) (values 1 2))
#| Binds a shelf. |#
(define-syntax-rule (with-shelf body ...) (let () body ...))
(define-syntax (complex stx) stx)
(define-for-syntax (helper stx) stx)
(define shape% (class object% (super-new) (define/public (area) 0)))
#;(define (discarded) 1)

(module+ test (define (in-test) 1))
(module sub racket/base
  (provide (all-defined-out))
  (define (in-sub x) x))

(define (broken x) (let ([y 1)) x))

(define (after-error x) x)
(provide after-error)
