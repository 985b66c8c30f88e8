//! Books.
//!
//! More words.

const std = @import("std");
pub const map = @import("map.zig");
pub usingnamespace @import("more.zig");

/// Most books.
pub const limit: u32 = 10;
pub var current: ?*Book = null;
const hidden = 1;
pub const Allocator = std.mem.Allocator;
threadlocal var slot: u8 = 0;

/// Adds a book.
/// Twice.
pub fn add(comptime T: type, shelf: *Shelf(T), book: T) !void {
    const inner = struct { x: u8 };
    _ = inner;
}
fn helper() void {}
pub extern "c" fn puts(s: [*:0]const u8) c_int;
export fn shelf_new() ?*anyopaque { return null; }
pub inline fn fast(x: u8) u8 { return x; }

/// A book.
pub const Book = struct {
    //! Inside.

    /// Its title.
    title: []const u8,
    pages: u32 = 0,

    const Self = @This();
    pub const empty: Book = .{ .title = "" };

    /// Makes one.
    pub fn init(title: []const u8) Book {
        return .{ .title = title };
    }
    fn private(self: *Self) void { _ = self; }

    pub const Genre = enum(u8) {
        novel,
        /// Verse.
        poem = 5,
        _,

        pub fn isLong(self: Genre) bool { return self == .novel; }
    };
};

const Secret = struct { x: u8, pub fn f() void {} };
pub const Value = union(enum) { int: i64, text: []const u8, none };
pub const Handle = opaque {};
/// What can fail.
pub const Error = error{ Full, @"no such book" };
pub const All = Error || error{Other};

/// A shelf of anything.
pub fn Shelf(comptime T: type) type {
    const Node = struct { next: ?*Node };
    return struct {
        items: []T,
        /// Takes one.
        pub fn take(self: *@This()) ?T { _ = self; return null; }
        pub const Item = T;
    };
}

test "add" { try add(u8, undefined, 1); }
comptime { _ = Book; }

pub fn broken(x: u8 -> { return };

/// Still found.
pub fn after() void {}
