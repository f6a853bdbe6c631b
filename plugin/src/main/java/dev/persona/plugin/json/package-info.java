/** Between Elasticsearch's bytes and the JSON of the pure modules. */
package dev.persona.plugin.json;
