/**
 * Segments of users: where a model of them is stored, the nodes that have it in memory, in which
 * segment somebody is, and what people call it.
 */
package dev.persona.plugin.segment;
