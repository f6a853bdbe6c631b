/** Tests of profiles against recounts that know nothing of landmarks. */
package dev.persona.profiling.profile;
