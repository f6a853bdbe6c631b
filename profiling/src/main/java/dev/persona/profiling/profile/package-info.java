/** What a user likes now: the profile, a function of the user's events, and its parts. */
package dev.persona.profiling.profile;
