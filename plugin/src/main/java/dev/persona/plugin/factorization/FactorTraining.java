package dev.persona.plugin.factorization;

import dev.persona.plugin.loading.Memory;
import dev.persona.plugin.task.JobTask;
import dev.persona.profiling.factorization.AlsParameters;
import dev.persona.profiling.factorization.AlternatingLeastSquares;
import dev.persona.profiling.factorization.Blas;
import dev.persona.profiling.factorization.FactorModel;
import dev.persona.profiling.factorization.FactorizationSize;
import dev.persona.profiling.factorization.Interactions;

import org.elasticsearch.core.Releasable;

import java.util.concurrent.Executor;

/**
 * A factorization as part of a job: shows its iterations in the task and ends when that is
 * cancelled.
 *
 * @param blas does the work
 * @param memory where what it takes up is taken from
 * @param threads how many threads it may use
 * @param executor lends them
 * @param heap how many bytes of heap it may take
 */
public record FactorTraining(Blas blas, Memory memory, int threads, Executor executor, long heap) {
    /**
     * Factorizes.
     *
     * @param phase what the task calls it
     */
    public FactorModel train(
            Interactions interactions, AlsParameters parameters, JobTask task, String phase) {
        FactorizationSize size = FactorizationSize.of(interactions, parameters, threads);
        size.requireAtMost(heap);
        Releasable taken = memory.take(size.bytes(), size.toString());
        try {
            return new AlternatingLeastSquares(blas, parameters, threads, executor, heap)
                    .factorize(
                            interactions,
                            task::isCancelled,
                            (iteration, loss) ->
                                    task.progress(phase, iteration, parameters.iterations()));
        } finally {
            taken.close();
        }
    }
}
