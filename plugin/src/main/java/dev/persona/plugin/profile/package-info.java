/** Profile documents: followers that keep them up with the events, and reading one. */
package dev.persona.plugin.profile;
