/** A user's interest vector for whatever in Elasticsearch takes a query vector. */
package dev.persona.plugin.vector;
