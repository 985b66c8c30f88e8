/*
 * Licence.
 */
package org.example.shapes;

import java.util.*;

/**
 * A shape.
 *
 * <pre>{@code
 *   Shape s = Shape.of(1);
 * }</pre>
 *
 * @param <T> unit
 */
@FunctionalInterface
public sealed interface Shape<T extends Comparable<? super T>> extends Cloneable permits Circle, Square {
    /** How many there are. */
    int COUNT = 3, LIMIT[] = {1, 2};

    /** {@return the area} */
    double area(T unit) throws ArithmeticException;

    default String label() { return "x"; }

    private void hidden() {}

    static <U extends Comparable<U>> Shape<U> of(
        final U first,
        U... more   // the rest
    ) { return null; }

    /** Nested types of interfaces are public. */
    class Holder { public int x; int y; }
}

/** Not for others. */
class Circle implements Shape<Integer> {
    public double area(Integer unit) { return 0; }
}

/** A point. */
public record Point<N extends Number>(@Deprecated N x, int... rest) implements Comparable<Point<N>> {
    /** The origin. */
    public static final Point<Integer> ORIGIN = new Point<>(0, 0);

    /** Checks. */
    public Point {
        if (x == null) throw new NullPointerException();
    }

    @Override
    public int compareTo(Point<N> other) { return 0; }
}

@Retention(RetentionPolicy.RUNTIME)
public @interface Marker {
    /** Who. */
    String[] value() default {"a", "b"};

    int LEVEL = 1;
}

public abstract class Square<T> implements Shape<T> {
    /// Markdown comments
    /// count too.
    @SuppressWarnings({"unchecked", "rawtypes"})
    protected transient List<? extends T> items = new ArrayList<>();

    private int a, b[] = {1};
    static final String TABLE = "a"
        + "b";
    public volatile int width, height[][];

    static { System.out.println(); }

    /** Makes one. */
    protected <X extends Exception> Square(int width) throws X { this.width = width; }

    /**
     * Gone.
     *
     * @deprecated use {@link #area}
     */
    @Override
    public synchronized native double area(T unit);

    int packagePrivate() { return 1; }

    public int broken( { return 1; }

    /** After the error. */
    public final @Nullable String größe(Map<String, List<int[]>> m)[] { return null; }

    /** Colours. */
    public enum Colour implements Runnable {
        /** Like blood. */
        RED(1) { public void run() {} },
        @Deprecated GREEN,
        BLUE;

        private final int code = 1;
        Colour(int... code) {}
        public void run() { class Local {} }
    }

    protected static class Inner {
        public void visible() {}
        class Deep { public int z; }
    }
}
