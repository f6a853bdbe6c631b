/** Tests of events: what is taken, what is refused and why, and what is stored. */
package dev.persona.profiling.event;
