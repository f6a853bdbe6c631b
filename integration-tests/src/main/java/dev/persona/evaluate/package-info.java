/** {@code ./persona evaluate}: how good what Persona answers is, on data of real people. */
package dev.persona.evaluate;
