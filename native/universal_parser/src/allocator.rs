//! Memory of the parsers: when there is no more, the worker says so by its exit code.

#![expect(unsafe_code, reason = "tree-sitter takes its allocator as C functions")]

use std::ffi::c_void;

/// Exit code of a worker whose parser ran out of memory; `parser_pool` knows it.
pub const OUT_OF_MEMORY: i32 = 86;

/// tree-sitter's own functions would abort, which looks like a failed assertion.
pub fn install() {
    let allocator = tree_sitter::Allocator {
        malloc,
        calloc,
        realloc,
        free: libc::free,
    };
    // SAFETY: called before any parser exists; the functions are libc's, and never give null.
    unsafe { tree_sitter::set_allocator(Some(allocator)) }
}

fn checked(pointer: *mut c_void, size: usize) -> *mut c_void {
    if pointer.is_null() && size > 0 {
        // SAFETY: ends the process at once; no destructor or handler runs.
        unsafe { libc::_exit(OUT_OF_MEMORY) }
    }
    pointer
}

unsafe extern "C" fn malloc(size: usize) -> *mut c_void {
    // SAFETY: as `malloc(3)`.
    checked(unsafe { libc::malloc(size) }, size)
}

unsafe extern "C" fn calloc(count: usize, size: usize) -> *mut c_void {
    // SAFETY: as `calloc(3)`.
    checked(
        unsafe { libc::calloc(count, size) },
        count.saturating_mul(size),
    )
}

unsafe extern "C" fn realloc(pointer: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: as `realloc(3)`; the pointer comes from the functions above.
    checked(unsafe { libc::realloc(pointer, size) }, size)
}
