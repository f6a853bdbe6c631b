/** Tests of vectors for new items against a dense solver, planted data and a real shop. */
package dev.persona.profiling.coldstart;
