;; Exports are in another file.
(in-package #:shelf.far)
(export '(visible))
(defun visible (a) "Seen." a)
(defun perhaps (a) a)
