/* Licence. */
package com.acme
package util

import scala.collection.mutable

/** A foo.
  *
  * {{{
  * val f = new Foo(1)
  * }}}
  */
@deprecated("use Bar", "1.0")
sealed abstract class Foo[+A, B <: Bar](
    /** The size. */
    val x: Int,
    private var y: String = "a",
    z: Int
)(implicit c: Context) extends Base(x) with Mixin {
  def this(x: Int) = this(x, "", 1)

  /** Two of them. */
  val a, b = 1
  var count: Int = _
  lazy val (d, e) = (1, 2)
  type Elem <: AnyRef
  type Id = Int

  /** Mixes. */
  private[util] def mix[T: Ordering](a: T*)(b: => Int): Unit = {
    def local = 1
  }
  protected[this] def near = 1
  private def far = 2
  def +(other: Foo[A, B]): Foo[A, B] = other
  def `odd name`: Int
  override def toString = "x"

  class Inner { def deep = 1 }
  object Tools { val Max = 10 }
}

/** Its companion. */
object Foo extends App {
  implicit class Rich(val s: String) extends AnyVal {
    def shout = s.toUpperCase
  }
  implicit val default: Foo[Int, Bar] = null
  val table = Map(
    "a" -> 1
  )
}

/** A pair. */
final case class Pair[T](left: T, private val right: T)(extra: Int)
case object Nothing

trait Shape {
  def area: Double
  val name, label: String
  private[this] val id = 1
}

package object helpers {
  /** Everywhere. */
  val everywhere = 1
  def help() = ()
}

private class Hidden { def visible = 1 }
