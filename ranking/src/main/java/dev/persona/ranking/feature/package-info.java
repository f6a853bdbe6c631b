/** What the ranking model sees of user, item, query and context: features, and filling them in. */
package dev.persona.ranking.feature;
