/** The commands of the {@code persona} script. */
package dev.persona.cli;
