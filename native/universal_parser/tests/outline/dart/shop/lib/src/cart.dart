// Licence.

/// Carts and what is in them.
///
/// ```dart
/// final cart = Cart();
/// ```
library shop.cart;

export 'item.dart' show Item, Price hide Secret;
export "package:other/other.dart";
import 'dart:async';
part 'cart.g.dart';

/// The most items.
const maxItems = 10, _minItems = 1;
final Map<String, int> table = {
  'a': 1,
};
var counter = 0;
late final String? lazy;
external int get native;

/// A cart.
@immutable
@Deprecated('use Basket')
abstract class Cart<T extends Item> extends Base<T> with Store<T> implements Iterable<T> {
  /// Makes one.
  const Cart(this.owner, {required int limit, super.key}) : _limit = limit, assert(limit > 0);

  /// Named.
  Cart.of(String owner) : this(owner, limit: 1);
  Cart._hidden();
  factory Cart.parse(String text) => throw '';
  const factory Cart.empty() = EmptyCart;

  final String owner;
  final int _limit, extra = 2;
  static const int defaultLimit = 3;
  late T? last;

  /// How many.
  int get length => 1;
  set length(int value) {}
  external int count();
  abstract int field;

  T operator [](int index);
  @override
  bool operator ==(Object other) => true;

  /// Adds one.
  static Future<void> add<U extends Item>(
    U item, // which
    [int? times = 1,]
  ) async {
    int local() => 1;
  }

  @override
  @protected
  String toString() => '';
  void _secret() {}
  @internal
  void forUs() {}
}

/// A mixin.
base mixin Counting on Cart implements Sized {
  int tally() => 1;
}

sealed class Shape {}
mixin class Both {}
class Applied = Base with Counting;

/// On lists.
extension ListTools<T> on List<T> {
  T get second => this[1];
  static int limit = 1;
  void shout() {}
}

extension on int {
  void unseen() {}
}

extension type const Id(int value) implements int {
  Id.zero() : this(0);
  int get twice => value * 2;
}

/// Colours.
enum Color implements Comparable<Color> {
  /// Like blood.
  red(1),
  @deprecated
  green(2);

  const Color(this.code);
  final int code;
  static Color pick() => red;
}

typedef Compare<T> = int Function(T a, T b);
typedef int OldStyle(int a);

/// Runs.
Future<int> run(List<String> arguments, {bool verbose = false}) async => 1;
void _private() {}
external void platform();
int get level => 1;
set level(int value) {}

class Broken { int x = ; void after() {} }

/// After the error.
(int, {String name}) both(int Function(int) f) => throw '';
