/** What a user did: the event, its types, and reading it from JSON. */
package dev.persona.profiling.event;
