/** What the benchmarks share: a catalog, loads, percentiles, and the line of figures at the end. */
package dev.persona.bench;
