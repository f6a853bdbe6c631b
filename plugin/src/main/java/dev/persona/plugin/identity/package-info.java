/** Several ids of one user: merging them. */
package dev.persona.plugin.identity;
