package dev.persona.profiling.profile;

/** Numbers as people see them: to four decimals, never infinite, never NaN. */
final class Rounded {
    private static final double UNITS = 10_000;

    /** Above this a double holds no fourth decimal that could be rounded. */
    private static final double COARSE = 0x1p53 / UNITS;

    private Rounded() {}

    static double of(double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        if (Math.abs(value) >= COARSE) {
            return Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
        }
        // Adding 0 turns -0.0, which nobody wants to read, into 0.0.
        return Math.rint(value * UNITS) / UNITS + 0.0;
    }
}
