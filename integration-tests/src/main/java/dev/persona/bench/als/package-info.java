/**
 * {@code ./persona bench als}: seconds per iteration of the factorization, against the machine's
 * own rate of matrix products and against Spark MLlib. What is measured runs in processes of its
 * own, with the heap and the flags that a node has.
 */
package dev.persona.bench.als;
