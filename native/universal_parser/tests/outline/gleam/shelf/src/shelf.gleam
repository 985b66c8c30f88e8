//// A shelf for books.
////
//// Books stand in order.

import gleam/list
import gleam/option.{type Option, None, Some}

/// How many books fit.
pub const capacity: Int = 40

const shapes = ["octavo", "quarto", "folio", "duodecimo", "sextodecimo", "elephant folio"]

/// A book.
pub type Book {
  /// Its title and who wrote it.
  Book(title: String, author: String, year: Option(Int))
}

/// Where a book stands.
pub type Place {
  /// On the shelf, so far from the left.
  At(Int)
  // Not told to anyone.
  Lent(to: String)
  Lost
}

/// What holds books.
pub opaque type Shelf(note) {
  Shelf(books: List(Book), note: note)
}

pub type Books =
  List(Book)

/// Kept by the host.
pub type Handle

type Secret {
  Secret
}

/// Puts a book in its place:
///
///     add(shelf, book)
///
/// The shelf must not be full.
pub fn add(to shelf: Shelf(a), book book: Book) -> Result(Shelf(a), Nil) {
  let books = [book, ..shelf.books]
  case list.length(books) > capacity {
    True -> Error(Nil)
    False -> Ok(Shelf(..shelf, books: books))
  }
}

/// Says the time.
@external(erlang, "shelf_ffi", "now")
@external(javascript, "./shelf_ffi.mjs", "now")
pub fn now() -> Int

/// No longer of use.
@deprecated("Use `add` instead")
pub fn push(shelf: Shelf(a), book: Book) -> Shelf(a) {
  let assert Ok(shelf) = add(shelf, book)
  shelf
}

/// For the package's own modules.
@internal
pub fn sort(shelf: Shelf(a)) -> Shelf(a) {
  shelf
}

@target(javascript)
pub fn in_browser() -> Bool {
  True
}

pub fn each(
  shelf: Shelf(a),
  // Called for each book.
  with callback: fn(Book) -> b,
) -> Nil {
  list.each(shelf.books, callback)
}

pub fn later() {
  todo
}

fn helper() -> Secret {
  Secret
}
