package acme.three:

  /** Colours. */
  enum Color(val rgb: Int):
    /** Like blood. */
    case Red extends Color(0xFF0000)
    case Green, Blue

  enum Option[+T]:
    case Some(x: T)
    case None
    def isEmpty: Boolean = this == None

  given intOrder: Ordering[Int] with
    def compare(a: Int, b: Int) = a - b

  given Show[List[String]] = ???

  extension (s: String) def twice: String = s + s

  /** Lists. */
  extension [T](xs: List[T])
    /** The second. */
    def second: T = xs.tail.head
    private def third = 1

  opaque type Logarithm = Double

  /** At the top. */
  inline def top(inline x: Int)(using ctx: Context): Int = x

  val größe = 1

  def broken( = 

  trait Indented:
    def a: Int
    val b = 2
  end Indented
