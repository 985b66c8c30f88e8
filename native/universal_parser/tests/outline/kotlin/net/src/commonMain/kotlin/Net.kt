@file:JvmName("Net")
@file:Suppress("unused")

/* Licence. */
package org.example.net

import kotlin.math.max
import org.example.other.*

/** The default port. */
const val PORT: Int = 8080

private val secret = listOf(
    1,
    2,
)

/**
 * A header.
 *
 * @param name of it
 */
typealias Header<T> = Map<String, List<T>>

/** Connects. */
@Deprecated("Use open", ReplaceWith("open()"))
suspend inline fun <reified T : Any> connect(
    host: String,
    port: Int = PORT, // the usual one
    noinline block: (T) -> Unit = {},
): Result<T> where T : Comparable<T> = TODO()

fun unit() {
    fun local() {}
}

/** An extension. */
fun <T> List<T>?.firstOr(other: T): T = other
val String.isHeader: Boolean get() = true
fun org.example.Other.hello() = Unit
infix fun (() -> Unit).then(next: () -> Unit) {}
operator fun Int.plus(other: Header<Int>): Int = 1

/** A request. */
data class Request<out T>(
    /** Where to. */
    val url: String,
    internal var body: T? = null,
    count: Int,
) : Base<T>(count), Cloneable by other {
    /** Sent or not. */
    var sent: Boolean = false
        private set

    val lazyOne by lazy { 1 }
    lateinit var `odd name`: String
    val (left, right) = pair

    init { println() }

    /** From nothing. */
    constructor(url: String) : this(url, null, 0)

    override fun toString(): String = "x"
    protected open fun hook() {}
    private fun secret() {}

    companion object {
        /** The empty one. */
        val EMPTY = Request<Nothing>("")
        @JvmStatic fun of(url: String) = Request(url)
    }

    inner class Part { fun go() {} }
}

class Named private constructor(val id: Int) {
    companion object Factory : Base() { fun make() = Named(1) }
}

/** A fun interface. */
fun interface Handler<in T> {
    fun handle(value: T)
    val level: Int get() = 1
}

sealed class State {
    object Idle : State()
    data class Busy(val since: Long) : State()
    abstract val name: String
}

/** Codes. */
enum class Code(val number: Int) {
    /** Fine. */
    OK(200),
    LOST(404) {
        override fun text() = "lost"
    };

    abstract fun text(): String
    companion object {
        fun parse(s: String): Code = OK
    }
}

internal object Registry {
    fun add() {}
}

annotation class Marker(val reason: String = "")

@JvmInline value class Id(val raw: String)

val broken: = 3

/** After the error. */
fun größe(): Int = 1

expect class Platform() {
    fun name(): String
}

/** Either. */
@Stable
sealed interface Either<T> {
    data object Nothing : Either<Unit>
    data class Just<T>(val value: T) : Either<T>
}
