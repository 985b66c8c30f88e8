#include "grid.h"

#define LOCAL 1

static int helper(int a);

/* Makes it. */
grid_t *grid_new(size_t size)
{
    return 0;
}

/** Helps. */
static int helper(int a)
{
    int local = a;
    return local;
}

int old_style(a, b)
    int a;
    char *b;
{
    return a;
}

int broken(int a { return a; }

int after_it(void) { return 1; }

static const struct { int a; } table[] = { { 1 } };
