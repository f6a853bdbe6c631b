import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Spark MLlib's implicit ALS on the matrix that the benchmark has drawn: prints {@code iteration
 * SECONDS}, the time that each further iteration takes.
 */
public final class SparkFactorization {
    private static final int FEW = 2;
    private static final int MANY = 7;

    private SparkFactorization() {}

    /**
     * @param arguments file of the matrix, factors, regularization, alpha, threads
     */
    public static void main(String[] arguments) throws IOException {
        loadNativeBlas();
        int threads = Integer.parseInt(arguments[4]);
        SparkSession spark =
                SparkSession.builder()
                        .master("local[" + threads + "]")
                        .config("spark.ui.enabled", "false")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .getOrCreate();
        Dataset<Row> ratings = read(spark, Path.of(arguments[0]), threads).cache();
        ratings.count();
        // Once without counting it: the virtual machine compiles what it is to run.
        seconds(arguments, ratings, FEW, threads);
        double few = seconds(arguments, ratings, FEW, threads);
        double many = seconds(arguments, ratings, MANY, threads);
        System.out.println("iteration " + (many - few) / (MANY - FEW));
        spark.stop();
    }

    /** As OpenBLAS is linked against the two others, they come first. */
    private static void loadNativeBlas() throws IOException {
        Path folder = Files.createTempDirectory("native-blas");
        for (String name : List.of("libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0")) {
            Path file = folder.resolve(name);
            try (InputStream in =
                    SparkFactorization.class.getResourceAsStream(
                            "/org/bytedeco/openblas/linux-x86_64/" + name)) {
                Files.copy(in, file);
            }
            System.load(file.toString());
        }
        System.setProperty(
                "dev.ludovic.netlib.blas.nativeLibPath",
                folder.resolve("libopenblas.so.0").toString());
        System.setProperty(
                "dev.ludovic.netlib.lapack.nativeLibPath",
                folder.resolve("libopenblas.so.0").toString());
        System.out.println(
                "blas " + dev.ludovic.netlib.blas.NativeBLAS.getInstance().getClass().getName());
    }

    private static double seconds(
            String[] arguments, Dataset<Row> ratings, int iterations, int threads) {
        long start = System.nanoTime();
        new ALS()
                .setImplicitPrefs(true)
                .setRank(Integer.parseInt(arguments[1]))
                .setRegParam(Double.parseDouble(arguments[2]))
                .setAlpha(Double.parseDouble(arguments[3]))
                .setMaxIter(iterations)
                .setNumBlocks(threads)
                .setSeed(1)
                .setUserCol("user")
                .setItemCol("item")
                .setRatingCol("rating")
                .fit(ratings)
                .userFactors()
                .count();
        return (System.nanoTime() - start) / 1e9;
    }

    private static Dataset<Row> read(SparkSession spark, Path file, int threads)
            throws IOException {
        StructType type =
                new StructType()
                        .add("user", DataTypes.IntegerType)
                        .add("item", DataTypes.IntegerType)
                        .add("rating", DataTypes.FloatType);
        List<Row> rows = new ArrayList<>();
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            int entries = in.readInt();
            for (int i = 0; i < entries; i++) {
                rows.add(RowFactory.create(in.readInt(), in.readInt(), in.readFloat()));
            }
        }
        return spark.createDataFrame(rows, type).repartition(threads);
    }
}
