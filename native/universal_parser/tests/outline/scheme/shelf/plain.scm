#!/usr/bin/env -S csi -s
; A plain file: everything is public.

; The answer.
(define answer 42)
(define (f x #!optional y) x)
(define name "shelf")
(define table (make-table))
(cond-expand
  (chicken (define only-chicken 1))
  (else (define elsewhere (lambda (z) z))))
(begin (define (in-begin) 1))
#;(define (discarded) 1)
(define-record-type point (make-point x y) point? (x point-x set-point-x!) (y point-y))
(module inner (visible (other syntax-helper))
  (import scheme)
  (define (visible) 1)
  (define (unseen) 2))
(define (after) ] 1)
(define (after-error q) q)
