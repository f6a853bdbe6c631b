/**
 * The {@code personalize} rescorer: from a search request to a re-ordered window, and its
 * explanation.
 */
package dev.persona.plugin.rescore;
