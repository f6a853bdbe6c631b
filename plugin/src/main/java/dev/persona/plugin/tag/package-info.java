/** The rules that users of a catalog get tags by: reading and replacing them. */
package dev.persona.plugin.tag;
