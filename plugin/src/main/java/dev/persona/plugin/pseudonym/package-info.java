/** Storing users under keyed pseudonyms in place of their ids. */
package dev.persona.plugin.pseudonym;
