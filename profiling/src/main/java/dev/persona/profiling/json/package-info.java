/** Strict reading of JSON objects that people write: events, settings, feature sets. */
package dev.persona.profiling.json;
