/** What the ranking model sees of user, item, query and context. */
package dev.persona.ranking.feature;
