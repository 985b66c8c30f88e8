;;; Packages.
(defpackage #:shelf
  (:use #:cl)
  (:nicknames #:sh)
  (:documentation "A shelf of books.")
  (:export #:add #:title "BOOK" :with-shelf
           #:+limit+ #:area #:book-pages #:point-x))
(in-package :shelf)

(defconstant +limit+ 10 "Most books.")
(defvar *current* nil "The current one.")
(defparameter *table* (make-hash-table :test 'equal))

(defun add (book &optional (place 0) &key front)
  "Adds a book.
   Says \"no\" when full."
  (declare (ignore front))
  (list book place))
(defun hidden () "Only this")
(defun (setf title) (value book) (setf (slot-value book 'title) value))
(DEFUN SHOUT (X) x)
(defmacro with-shelf ((name &rest args) &body body)
  "Binds a shelf."
  `(let ((,name (list ,@args))) ,@body))

(defgeneric area (shape &key unit)
  (:documentation "The area of a shape.")
  (:method ((shape null) &key unit) 0))
(defmethod area ((shape circle) &key unit) "Of a circle." 3)
(defmethod area :around ((shape t) &key) (call-next-method))

(defclass book (thing)
  ((title :initarg :title :accessor title :documentation "Its title.")
   (pages :initform 0 :reader book-pages)
   plain)
  (:documentation "A book.")
  (:metaclass standard-class))
(define-condition shelf-full (error) ((size :reader full-size))
  (:report "full"))

(defstruct (point (:conc-name point-)) "A point." (x 0 :type fixnum) y)
(defstruct plain a b)
(deftype index () "An index." '(integer 0 *))
(define-constant +name+ "shelf" :test #'equal :documentation "Its name.")

#+sbcl (defun only-sbcl () 1)
#-(or sbcl ccl) (progn (defun elsewhere () 2))
(eval-when (:compile-toplevel :load-toplevel :execute)
  (defun at-compile-time () 3))
(cffi:defcfun ("c_add" c-add) :int "Adds in C." (a :int))

#| (defun in-block-comment () 1) |#

(defun broken (x) (foo "bar" x]) )

(defun after-error (x) "Still found." (1+ x))
(deftest not-api () t)
(in-package :cl-user)
(defun other-package () 1)
