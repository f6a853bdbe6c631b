/** What a user and a shop have said: attributes, consent, and whose events are refused. */
package dev.persona.plugin.consent;
