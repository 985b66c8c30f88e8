/* grid.h - a licence text,
 * directly above the guard.
 */
#ifndef GRID_GRID_H
#define GRID_GRID_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GRID_API __attribute__((visibility("default")))
/** Cells per side. */
#define GRID_SIZE 10
#define GRID_AT(g, x, y) ((g)->cells[(y) * GRID_SIZE + (x)]) /* No check. */
#define GRID_LONG_TABLE { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 }
#define _GRID_RESERVED 1

/* A plain comment above an empty line. */

/**
 * A cell.
 *
 *   indented
 */
typedef struct grid_cell {
    int x;          /**< Column. */
    int y;          ///< Row,
                    ///< counted from 0.
    unsigned used : 1, dirty : 1;
    const char *name, *const *tags;
    int (*visit)(struct grid_cell *cell, void *data); /* called once */
    struct {
        int red;
    } colour;
    union {
        int number;
        float real;
    };
    struct grid_cell *next;
} grid_cell;

/* Opaque. */
typedef struct grid grid_t;

typedef struct { double w, h; } grid_extent, *grid_extent_p;

typedef struct _grid_hidden grid_shown;
struct _grid_hidden {
    int field;
};
struct _grid_private { int secret; };

/// What can go wrong.
enum grid_error {
    GRID_OK = 0,      /**< Nothing did. */
    GRID_NO_MEMORY,   // out of memory
    /** Out of range. */
    GRID_RANGE = GRID_OK + 2,
};

typedef enum { GRID_RED, GRID_GREEN } grid_colour;
enum { GRID_ANONYMOUS = 3 };
union grid_value { int i; double d; };

typedef int (*grid_callback)(grid_t *grid, void *data);
typedef int grid_row[GRID_SIZE];
typedef unsigned long grid_id, *grid_id_p;

/**
 * Makes a grid.
 * @param size cells per side
 */
GRID_API grid_t *grid_new(size_t size);

// Frees
// a grid.
extern void grid_free(grid_t *grid) __attribute__((nonnull(1)));

/*! In Qt's form. */
GRID_API const char *
grid_name(const grid_t *grid,   /* the grid */
          int index             // which
          );
int grid_width(const grid_t *), grid_height(const grid_t *);
void (*grid_handler(int signal))(int);
int grid_variadic(const char *format, ...) GRID_PRINTF(1, 2);
static inline int grid_inline(int a) { return a; }
PyAPI_FUNC(int) grid_python(void);
struct grid_cell grid_copy(struct grid_cell cell);
void _grid_internal(void);

extern const char *const grid_names[];
extern int grid_count, grid_limit;
static const int grid_constant = 3;
extern int (*grid_hook)(int);

#ifdef GRID_WIDE
int grid_wide(void);
#else
int grid_wide(int narrow);
#endif

int grid_split(
#ifdef GRID_WIDE
    long a
#else
    int a
#endif
);

#if 0
int grid_never(void);
#endif

#ifdef __cplusplus
}
#endif

#endif /* GRID_GRID_H */
