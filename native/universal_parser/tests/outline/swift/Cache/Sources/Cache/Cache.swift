// Licence.
import Foundation

/// Keeps values.
///
/// ```swift
/// let cache = Cache<Int>(limit: 3)
/// ```
@available(iOS 13, macOS 10.15, *)
@dynamicMemberLookup
public final class Cache<Value>: Sequence where Value: Codable {
    /// How many.
    @Published public private(set) var count: Int = 0 {
        didSet { print(count) }
    }
    public let first, second: Int
    static var shared: Cache { get { fatalError() } set {} }
    public var isEmpty: Bool { count == 0 }
    private lazy var store: [String: Value] = {
        return [:]
    }()

    /** Makes one.

        - Parameter limit: most values
     */
    public required convenience init?(limit size: Int, _ names: String... = [], default: Value? = nil) throws { return nil }
    deinit {}

    /// By key.
    public subscript(key: String, default value: @autoclosure () -> Value) -> Value {
        get { fatalError() }
        set {}
    }

    /// Gets.
    @discardableResult
    @available(*, deprecated, renamed: "value(for:)")
    public func get<Key: Hashable>(
        _ key: Key, // which
        orElse other: Value? = nil
    ) async throws -> some Collection<Value> where Key: Sendable {
        func local() {}
        return []
    }
    open class func make() -> Self { fatalError() }
    func hidden() {}
    public static func == (lhs: Cache, rhs: Cache) -> Bool { true }
    public func _internalButPublic() {}
    @_spi(Private) public func special() {}

    /// Why not.
    public enum Failure: String, Error {
        /// Nothing there.
        case missing = "x", broken
        indirect case nested(Failure, label: String)
    }

    struct Node { public var next: Int }

#if os(iOS) && DEBUG
    public func debug() {}
#elseif os(macOS)
    public func trace() {}
#else
    public func release() {}
#endif

    public typealias Index = Int
}

extension Array.Slot: Keyed where Element == Int {
    public func key() -> Int { 1 }
    func inner() {}
}

/// Members are public here.
public extension Cache {
    func pub(`in` place: Int) {}
    private func priv() {}
    static let limit = 10
}

extension Node2 { public func deep() {} }
struct Node2 {}

/// What has a key.
public protocol Keyed: AnyObject {
    associatedtype Key: Hashable = Int
    /// The key.
    var key: Key { get set }
    static var all: [Key] { get }
    func find(by key: Key)
    init(key: Key)
    subscript(i: Int) -> Int { get }
}

public actor Worker {
    nonisolated public func run() {}
}

infix operator +++: AdditionPrecedence
/// Joins.
public func +++ (left: Int, right: Int) -> Int { 1 }

public prefix func √(x: Double) -> Double { x }

@freestanding(expression)
public macro stringify<T>(_ value: T) -> (T, String) = #externalMacro(module: "A", type: "B")

let (p, q) = (1, 2)

public let = ?? 3

/// After the error.
public func größe(_: Int) -> Int { 0 }
