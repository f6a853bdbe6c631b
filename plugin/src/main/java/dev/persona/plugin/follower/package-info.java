/** Keeping profiles up: one follower for each primary shard of events. */
package dev.persona.plugin.follower;
