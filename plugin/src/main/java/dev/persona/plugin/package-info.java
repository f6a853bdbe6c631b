/** The plugin: what Elasticsearch is given. */
package dev.persona.plugin;
