/** Names for kinds of users, given by declared rules over the fields of a profile. */
package dev.persona.profiling.tag;
