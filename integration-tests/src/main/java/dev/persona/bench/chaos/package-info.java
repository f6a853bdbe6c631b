/** {@code ./persona bench chaos}: nothing acknowledged is lost or counted twice, whatever dies. */
package dev.persona.bench.chaos;
