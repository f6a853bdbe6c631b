/**
 * Generations of factor models: what one knows of the items, where it is stored, the nodes that
 * hold it in memory, and the interest vectors that they fold users in to.
 */
package dev.persona.plugin.generation;
