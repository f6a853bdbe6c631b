/** What is the user's own: erasure, export, retention. */
package dev.persona.plugin.privacy;
