/**
 * What factors are learned from, gathered where the events are: one walk over each shard's doc
 * values, whose sums are added up by the job.
 */
package dev.persona.plugin.signal;
