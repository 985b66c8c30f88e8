;;; shelf.el --- A shelf of books  -*- lexical-binding: t; -*-

;; Author: Us

;;; Commentary:

;; Keeps books.
;;
;;   (shelf-add "x")

;;; Code:

(require 'cl-lib)
(eval-when-compile (require 'subr-x))

(defgroup shelf nil
  "A shelf."
  :group 'tools)

(defcustom shelf-limit 10
  "Most books.
Can be \"nil\"."
  :type 'integer)

(defvar shelf--current nil "The current one.")
(defvar shelf-quiet)
(defvar-local shelf-name "shelf" "Its name.")
(defconst shelf-version "1.0")
(defvar shelf-undocumented 1)
(defface shelf-face '((t :inherit bold)) "For titles.")

;;;###autoload
(defun shelf-add (book &optional front)
  "Add BOOK.

With FRONT, first."
  (interactive "sBook: ")
  (defun shelf-not-top () nil)
  (push book shelf--current))

(defun shelf-no-doc (x) (+ x 1))
(defun shelf--helper () "Internal." nil)
(defun shelf-old (x)
  "Old."
  (declare (obsolete shelf-add "1.1"))
  x)
(defun shelf-older () "Older." nil)
(make-obsolete 'shelf-older 'shelf-add "0.9")
(defsubst shelf-fast (x) "Fast." x)
(define-inline shelf-inline (x) "Inline." (inline-quote x))
(defmacro shelf-with (place &rest body)
  "Run BODY at PLACE."
  (declare (indent 1) (debug t))
  `(progn ,@body))
(cl-defun shelf-keys (a &key (b 2) c)
  "With keys."
  (list a b c))
(cl-defgeneric shelf-size (thing) "Size of THING.")
(cl-defmethod shelf-size ((thing string)) "Of a string." (length thing))
(cl-defmethod shelf-size :around ((_thing list) &optional deep) 1)
(cl-defun (setf shelf-place) (value x) (ignore value x))

(defalias 'shelf-insert #'shelf-add "Same as `shelf-add'.")
(define-obsolete-function-alias 'shelf-put 'shelf-add "1.0" "Gone.")
(define-obsolete-variable-alias 'shelf-max 'shelf-limit "1.0")

(define-minor-mode shelf-mode
  "Toggle shelves."
  :lighter " Shelf")
(define-globalized-minor-mode global-shelf-mode shelf-mode shelf-mode)
(define-derived-mode shelf-list-mode special-mode "Shelf"
  "Lists books.")
(define-error 'shelf-full "Shelf is full")

(cl-defstruct (shelf-book (:constructor shelf-book-make) (:copier nil))
  "A book."
  title
  (pages 0 :type integer :documentation "How many."))
(cl-defstruct (shelf-cell (:conc-name sc-)) value)

(defclass shelf-store ()
  ((path :initarg :path :initform "" :documentation "Where it is.")
   (count :initform 0))
  "A store."
  :abstract t)

(when (fboundp 'foo)
  (defun shelf-when-foo () "Conditional." t))

(defun shelf-broken (x) (let ((y . ]) x

(defun shelf-after-error (z)
  "Still found."
  z))

(ert-deftest shelf-test () (should t))
(with-eval-after-load 'org
  (defun shelf-org () "For Org." t))
(provide 'shelf)
;;; shelf.el ends here
