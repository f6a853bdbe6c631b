/**
 * Recommending items to a user: what is known of the user, candidates from what is in memory, and
 * the blend that orders the candidates of all sources.
 */
package dev.persona.ranking.recommend;
