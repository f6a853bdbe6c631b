/**
 * Keeping profiles up, one follower for each primary shard of events, and reading them as they are.
 */
package dev.persona.plugin.follower;
