/**
 * {@code ./persona bench als}: seconds per iteration of the factorization, against the machine's
 * own rate of matrix products and against Spark MLlib. What is measured runs in Java processes of
 * its own, with the Vector API as a node has it.
 */
package dev.persona.bench.als;
