#include "grid.hpp"

namespace grid::nested {
Plain::Plain(int a) : a(a) {}

/// Does it.
void Plain::method() {}

static void helper() {}
}

int grid::shapes::add(int a, int b) { return a + b; }
