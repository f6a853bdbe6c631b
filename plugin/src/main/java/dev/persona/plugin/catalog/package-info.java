/**
 * The catalog: a product index registered with Persona, its settings, state and companion indices.
 */
package dev.persona.plugin.catalog;
