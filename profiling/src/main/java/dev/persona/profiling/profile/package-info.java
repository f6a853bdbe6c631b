/** What a user likes now: a function of the user's events. */
package dev.persona.profiling.profile;
