(** Books.

    With {!val:make}. *)

(** {1 Making} *)

type t
(** A book. *)

val make : title:string -> ?pages:int -> unit -> t
(** Makes one. *)

val limit : int
(** Most. *)
val ( =~ ) : t -> t -> bool
(** Alike. *)

(** Before. *)
val before : t -> string

val old : t -> int [@@ocaml.deprecated "gone"]

val poly : 'a. 'a -> 'a
external size : t -> int = "%size"

type genre = Novel | Poem of int
type point = { x : int; y : int }
exception Empty

module Map : sig
  val find : t -> int
  (** Finds. *)
end
(** A map. *)

module F : functor (X : Set.S) -> sig val f : X.t end
module G (X : Set.S) : Set.S
module type KEY = sig type key val hash : key -> int end
module rec A : KEY and B : KEY
include module type of Map

class type shape = object
  method area : float
end
class circle : float -> object
  inherit shape
  method radius : float
end

val broken : int -> -> x

val after : int

type json = [ `Null | `Bool of bool (** Either. *) | `List of json list ]
