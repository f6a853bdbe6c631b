/** Tests of related items, against a naive count over sets. */
package dev.persona.profiling.cooccurrence;
