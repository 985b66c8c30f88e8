/**
 * Books.
 *
 * More words.
 */
module shelf.book;

import std.stdio;
public import std.range : isInputRange;

/// Most books.
enum limit = 10;
enum string name = "shelf", other = "b";
immutable int a = 1, b;
__gshared int counter; /// Counts.
private int secret;
immutable part = name[0 .. 2];
auto made = makeIt();

/// Adds a book.
/// Twice.
int add(T)(T book, int pages = 1) @safe pure if (is(T == int))
in (pages > 0)
{
    int inner() { return 1; }
    return pages;
}
/// ditto
int add(string book) => 1;
private void helper() {}
package(shelf) void inPackage();
extern (C) nothrow void c_function(int x);
@property int size() { return 1; }
deprecated("use add") void old() {}

/++
 + A book.
 +
 + With pluses.
 +/
class Book : Base, Readable
{
    /// Makes one.
    this(string title) {}
    ~this() {}
    string title; /// Its title.
    int pages, chapters;
    void read() const { auto x = 1; }
    private { int hiddenField; void hiddenMethod() {} }
    public int shown;
protected:
    int guarded;
public:
    /// Back in the open.
    static Book opCall() { return null; }
    enum Genre { novel, /// Verse.
        poem }
    alias title this;
    invariant { assert(1); }
    unittest { int inTest; }
}

struct Point(T) if (is(T : float))
{
    T x, y;
    union { int i; float f; }
}
interface Readable { void read(); }
union Either { int i; float f; }
template Pair(A, B) { alias First = A; struct Pair { A a; B b; } }
mixin template Counter() { int count; }
alias Books = Book[];
alias int OldStyle;
enum Color : ubyte { red = 1, green }
enum { north, south }

version (Windows) { void onWindows() {} }
else version (Posix) { void onPosix() {} }
else { void elsewhere() {} }
static if (size_t.sizeof == 8) void on64() {}
debug void debugging() {}
version (unittest) { void forTests() {} }
unittest { add(1); }

private:
void afterLabel() {}
public void publicAgain() {}

void broken( { int x = ; }

public:
/// Still found.
void after() {}
