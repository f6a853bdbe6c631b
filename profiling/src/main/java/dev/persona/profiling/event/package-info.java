/** What a user did: event, its types, reading and validating it. */
package dev.persona.profiling.event;
