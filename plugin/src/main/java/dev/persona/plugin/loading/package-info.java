/** What a node keeps in memory to serve with: loaded once, accounted to a circuit breaker. */
package dev.persona.plugin.loading;
