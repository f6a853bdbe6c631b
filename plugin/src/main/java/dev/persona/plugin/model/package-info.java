/** Ranking models: training, storing versions, activating, loading them on the nodes. */
package dev.persona.plugin.model;
