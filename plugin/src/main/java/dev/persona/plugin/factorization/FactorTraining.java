package dev.persona.plugin.factorization;

import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.AlternatingLeastSquares;
import dev.persona.profiling.factorization.Blas;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.Interactions;

import java.util.concurrent.Executor;

/**
 * A factorization as part of a job: shows its iterations in the task and ends when that is
 * cancelled.
 *
 * @param blas does the work
 * @param threads how many threads it may use
 * @param executor lends them
 * @param heap how many bytes of heap it may take
 */
public record FactorTraining(Blas blas, int threads, Executor executor, long heap) {
    /**
     * Factorizes.
     *
     * @param phase what the task calls it
     */
    public FactorModel train(
            Interactions interactions, AlsParameters parameters, JobTask task, String phase) {
        return new AlternatingLeastSquares(blas, parameters, threads, executor, heap)
                .factorize(
                        interactions,
                        task::isCancelled,
                        (iteration, loss) ->
                                task.progress(phase, iteration, parameters.iterations()));
    }
}
