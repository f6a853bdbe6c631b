package dev.persona.profiling.factorization;

/**
 * Finds the vector of one row while the vectors of the columns are held fixed, the x of
 *
 * <pre>(Y'Y + Y'(C - I)Y + regularization I) x = Y'C p</pre>
 *
 * where C has the confidences of the row's entries and ones, and p their preferences, 1 and 0. The
 * sum over all columns is in Y'Y, made once for all rows; a row gathers only the columns it has.
 *
 * <p>Works in arrays of its own: each thread has one.
 */
interface RowSolver {
    /**
     * Writes the vector of one row.
     *
     * @param rows the matrix
     * @param row which of its rows
     * @param vectors vectors of the rows, rows * factors
     * @return what the row adds to the objective with its new vector, with the regularization of
     *     that: the sum of c (p - x.y)^2 over all columns + regularization x.x
     * @throws ArithmeticException if single precision is too narrow for these weights
     */
    double solve(SparseRows rows, int row, float[] vectors);

    /** Says that single precision is too narrow, and what would help. */
    static ArithmeticException tooNarrow() {
        return new ArithmeticException(
                "the normal equations cannot be solved in single precision: raise"
                        + " [regularization] or lower [alpha]");
    }
}
