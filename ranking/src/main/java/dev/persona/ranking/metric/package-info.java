/** Measures of ranking quality, one a class. */
package dev.persona.ranking.metric;
