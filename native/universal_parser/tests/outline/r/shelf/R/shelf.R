# Copyright, not documentation.

#' Open a shelf
#'
#' Opens the shelf at `path`.
#'
#' @param path Where it is.
#' @param mode How.
#' @return A shelf.
#' @export
#' @examples
#' open_shelf("a")
open_shelf <- function(path, mode = c("read", "write"), ...) {
  inner <- function(x) x
  mode <- match.arg(mode)
  structure(list(path = path), class = "shelf")
}

#' Close it
#' @export
close_shelf = function(shelf) {
  invisible(NULL)
}

#' @export
print.shelf <- function(x, ...) cat("shelf\n")

#' Internal helper
#' @keywords internal
#' @noRd
helper <- function(a) a

.hidden <- function(b) b

not_exported <- \(x, y) x + y

#' Rows
#' @export
ROWS <- 10L

limits <- c(1, 2, 3)

#' @rdname open_shelf
#' @export
`shelf<-` <- function(x, value) x

#' Infix
#' @export
`%on%` <- function(a, b) NULL

global <<- 1
function(x) x -> assigned_right
"quoted" <- function(q) q

#' A book
#'
#' @slot title The title.
#' @exportClass Book
setClass("Book", representation(title = "character", pages = "numeric"))

#' @export
setClass("Novel", contains = "Book", slots = c(author = "character"))

Maker <- setClass("Made", slots = list(a = "numeric"))

setClassUnion("BookOrNull", c("Book", "NULL"))

#' Generic for titles
#' @export
setGeneric("title", function(object, ...) standardGeneric("title"))

#' @export
setMethod("title", "Book", function(object, ...) object@title)

setMethod("show", signature(object = "Book"), function(object) cat("book"))

setGeneric(name = "pages<-", def = function(object, value) standardGeneric("pages<-"))

setValidity("Book", function(object) TRUE)

#' Stack of things
#'
#' @export
Stack <- R6::R6Class("Stack",
  inherit = Base,
  public = list(
    #' @field items The things.
    items = NULL,

    #' @description Adds a thing.
    #' @param x The thing.
    push = function(x) {
      self$items <- c(self$items, x)
      invisible(self)
    },
    #' @description Takes one.
    pop = function() NULL,
    initialize = function(items = list()) self$items <- items
  ),
  private = list(
    secret = 1,
    clean = function() NULL
  ),
  active = list(
    #' @field size Number of things.
    size = function() length(self$items)
  )
)

Account <- setRefClass("Account",
  fields = list(balance = "numeric"),
  methods = list(
    deposit = function(x) {
      "Adds money."
      balance <<- balance + x
    }
  )
)

#' Old one
#' @description
#' `r lifecycle::badge("deprecated")`
#' @export
old_one <- function() .Deprecated("open_shelf")

if (getRversion() >= "4.0.0") {
  modern <- function(x) x
}

#' Data about books
#' @format A data frame
"books"

#' The package
#' @keywords internal
"_PACKAGE"

broken <- function(a) {
  b <- 1 + * 2 )
}

#' After the error
#' @export
after <- function(z) z
