<?php

declare(strict_types=1);

namespace Acme\Shelf;

use Acme\Base\{Thing, Other as Another};
use function Acme\helper;

/**
 * How many rows.
 */
const ROWS = 10, COLUMNS = 20;

define('ACME_LIMIT', 100);
define("Acme\\Deep", 1);

/**
 * Opens a shelf.
 *
 * ```php
 * open('a');
 * ```
 *
 * @param string $path where
 * @deprecated since 2.0
 */
function open(string $path, int ...$modes): ?Store
{
    return null;
}

/** @internal */
function hidden(): void {}

if (!function_exists('Acme\Shelf\polyfill')) {
    /** Only where missing. */
    function polyfill(array $a = [1, 2]): array { return $a; }
}

/**
 * Keeps books.
 */
#[Attribute(Attribute::TARGET_CLASS)]
final class Store extends Thing implements \Countable, Sorted
{
    use Logs, Sorts { Logs::sort insteadof Sorts; }

    /** The default. */
    public const string FIRST = 'x';
    const OLD = 1, OLDER = 2;
    protected const INNER = 3;
    private const SECRET = 4;

    /** @var array<string, int> Books by name. */
    public array $books = [];
    public static ?self $instance = null;
    protected int $inner;
    private $secret;
    var $ancient;
    public readonly int $size;
    public private(set) string $halfOpen = '';

    /**
     * Makes one.
     */
    public function __construct(
        /** The name. */
        public readonly string $name,
        protected int $rows = 3,
        private ?Thing $thing = null,
        int $plain = 0,
    ) {
    }

    /** {@inheritDoc} */
    public function count(): int { return 0; }

    public static function make(string|int $a, self&Other $b): static { return new static(); }
    abstract protected function template(int $a): void;
    private function secret(): void {}
    function implicit() {}
    final public function &byReference(array &$list) { return $list; }

    #[\Deprecated("use count")]
    #[Pure]
    public function size(): int { return 0; }

    /** @deprecated */
    public function oldSize() {}
}

/** Sorts. */
interface Sorted extends \Traversable, Another
{
    const ORDER = 'asc';
    public function sort(callable $by): void;
}

/** Logs. */
trait Logs
{
    private array $lines = [];
    /** Logs a line. */
    protected function log(string $line): void {}
    abstract public function name(): string;
    public static function quiet(): void {}
}

/** Suits of cards. */
enum Suit: string implements Labeled
{
    /** Red. */
    case Hearts = 'H';
    case Spades = 'S';

    const Wild = self::Spades;

    public function label(): string { return ucfirst($this->value); }
}

enum Plain { case A; case B; }

abstract class Base
{
    abstract public function run(): void;
    /** For heirs. */
    protected function help(): void {}
}

/** @internal */
class Hidden { public function work() {} }

$anonymous = new class { public function inside() {} };

$closure = function ($a) { return $a; };

class Broken
{
    public function before(): void {}

    public function broken(: int { $x = ; }

    public function after(): void {}
}

/** After the error. */
function after(): void {}
