/** What time does to a catalog: events and tombstones expire, populations and tags change. */
package dev.persona.plugin.upkeep;
