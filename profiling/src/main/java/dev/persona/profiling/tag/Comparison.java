package dev.persona.profiling.tag;

import java.util.Locale;

/** How a number is compared with a bound. */
enum Comparison {
    /** At least. */
    GTE {
        @Override
        boolean holds(double value, double bound) {
            return value >= bound;
        }
    },
    /** More than. */
    GT {
        @Override
        boolean holds(double value, double bound) {
            return value > bound;
        }
    },
    /** At most. */
    LTE {
        @Override
        boolean holds(double value, double bound) {
            return value <= bound;
        }
    },
    /** Less than. */
    LT {
        @Override
        boolean holds(double value, double bound) {
            return value < bound;
        }
    };

    abstract boolean holds(double value, double bound);

    /** Its name in JSON. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
