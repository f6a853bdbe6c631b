/** Profiles counted anew from events, by code that shares nothing with the product's. */
package dev.persona.bench.recount;
