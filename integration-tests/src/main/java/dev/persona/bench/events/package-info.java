/** {@code ./persona bench events}: events with profiles kept up against plain _bulk. */
package dev.persona.bench.events;
