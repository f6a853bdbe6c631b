package dev.persona.profiling.coldstart;

import java.util.List;

/** The formula as it stands, in double precision: (X'CX + regularization)^-1 X'CV. */
final class DenseRidge {
    private DenseRidge() {}

    /**
     * @return (terms + 1) x factors, the last row the intercept
     */
    static double[][] solve(
            PlantedCatalog catalog,
            List<String> terms,
            double halfWeightUsers,
            double regularization) {
        int n = terms.size() + 1;
        int factors = catalog.factors();
        double[][] system = new double[n][n + factors];
        for (int item = 0; item < catalog.items().size(); item++) {
            double[] x = new double[n];
            for (String term : catalog.items().get(item).terms()) {
                if (terms.contains(term)) {
                    x[terms.indexOf(term)] = 1;
                }
            }
            x[n - 1] = 1;
            double users = catalog.users()[item];
            double weight = users / (users + halfWeightUsers);
            for (int row = 0; row < n; row++) {
                for (int column = 0; column < n; column++) {
                    system[row][column] += weight * x[row] * x[column];
                }
                for (int f = 0; f < factors; f++) {
                    system[row][n + f] += weight * x[row] * catalog.vectors()[item * factors + f];
                }
            }
        }
        for (int term = 0; term < n - 1; term++) {
            system[term][term] += regularization;
        }
        eliminate(system);
        double[][] solution = new double[n][factors];
        for (int row = 0; row < n; row++) {
            System.arraycopy(system[row], n, solution[row], 0, factors);
        }
        return solution;
    }

    /** Gauss and Jordan; a positive definite matrix needs no other pivots. */
    private static void eliminate(double[][] system) {
        for (int pivot = 0; pivot < system.length; pivot++) {
            double head = system[pivot][pivot];
            for (int column = pivot; column < system[pivot].length; column++) {
                system[pivot][column] /= head;
            }
            for (int row = 0; row < system.length; row++) {
                double factor = system[row][pivot];
                if (row != pivot && factor != 0) {
                    for (int column = pivot; column < system[row].length; column++) {
                        system[row][column] -= factor * system[pivot][column];
                    }
                }
            }
        }
    }
}
