(define-library (shelf core)
  (export add (rename internal-title title) make-book book? book-title set-book-title! with-shelf limit)
  (import (scheme base))
  (begin
    ;; Most books.
    (define limit 10)
    ;; Adds a book.
    ;;   Twice, even.
    (define (add shelf . books) (append shelf books))
    (define internal-title (lambda (b) (book-title b)))
    (define (helper x) x)
    (define ((curried a) b) (+ a b))
    #| Binds a shelf. |#
    (define-syntax with-shelf
      (syntax-rules () ((_ x body ...) (let ((x '())) body ...))))
    (define-record-type <book> (make-book title) book?
      (title book-title set-book-title!)
      (pages book-pages))
    (define-values (a b) (values 1 2))))

;; An R6RS library.
(library (shelf six)
  (export point make-point point-x (rename (inner outer)) )
  (import (rnrs))
  (define-record-type point (fields (mutable x) (immutable y the-y)))
  (define (inner z) z))
