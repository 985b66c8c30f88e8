(* Licence. *)

(** A shelf of books. *)

open Stdlib

(** Adds a book. *)
let add (book : string) ?(front = false) ~pages () : int = pages
let limit = 10
(** Of the next, though it touches both. *)
let rec even n = n = 0 || odd (n - 1)
and odd n = even n
let (first, second) = (1, 2)
let ( +! ) a b = a + b
let _unused = 1
let () = print_endline "x"
let compare = function A -> 0 | _ -> 1
let table : (string, int) Hashtbl.t = Hashtbl.create 16
(** A table, documented after. *)

(** Detached from anything. *)

type genre =
  | Novel of int  (** A novel. *)
  | Poem of { lines : int }
  | Other
  (** Anything else. *)

and 'a book = {
  mutable title : string;  (** Its title. *)
  (** How many. *)
  pages : int;
  extra : 'a;
} [@@deriving show]

type t = int list
type opaque
type ext += Extra of int
exception Full of int

external sin : float -> float = "caml_sin" [@@noalloc]

module Inner = struct
  (** Inside. *)
  let x = 1
  module Deep = struct let y = 2 end
end

module Sealed : sig
  val visible : int  (** Seen. *)
end = struct
  let visible = 1
  let unseen = 2
end

module type S = sig
  type t
  val make : unit -> t
  (** Makes. *)
end

module Make (X : S) (Y : S) : S with type t = X.t = struct
  let made = X.make ()
end
module Alias = List

class counter (start : int) = object (self)
  val mutable n = start
  method get = n
  method private bump = n <- n + 1
  method add : int -> unit = fun k -> n <- n + k
end

let old x = x [@@deprecated "use new"]
(**/**)
let internal_use = 1
(**/**)
let shown_again () = 2

let broken = let x = ( in 3

let after x = x
let%test _ = true
let%test_unit "name" = ()
