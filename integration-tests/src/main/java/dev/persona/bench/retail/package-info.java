/** {@code ./persona bench recount}: a year of a real shop, and every profile recounted. */
package dev.persona.bench.retail;
