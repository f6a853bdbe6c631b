/** What all users together say about items: item vectors and item behaviour. */
package dev.persona.ranking.signal;
