/** Tests of the strict reading of JSON objects. */
package dev.persona.profiling.json;
