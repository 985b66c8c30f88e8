/* Licence. */
package org.example.tools

import groovy.transform.*

/**
 * Keeps tools.
 */
@CompileStatic
class Toolbox<T> extends Box implements Comparable<Toolbox> {
    /** Its name. */
    String name
    private final int size = 1
    protected List<T> tools = []
    static def table = [
        a: 1,
    ]
    static final int MAX = 10, MIN = 1

    /** Makes one. */
    Toolbox(String name) { this.name = name }

    /** Runs all. */
    def run(int count, Closure<Void> body = null) {
        println "running"
        tools.each { it.run() }
    }

    static <U> U make(Class<U> type) throws IOException {
        type.newInstance()
    }

    private void hidden() {}

    @Override
    @Deprecated
    String toString() { "box $name" }

    enum Mode {
        /** Quick. */
        FAST, SLOW
        int speed() { return 1 }
    }

    static class Inner { def value }
}

/** Goes. */
interface Mover { void go(int meters) }

/** Mixes in. */
trait Named {
    String label
    String shout() { return label.toUpperCase() }
}

@interface Marked { String value() default "" }

/** At the top. */
int typed(int a) { return a }
def größe(String a) { return a }

class Broken { def ( }

class After { void still() {} }
