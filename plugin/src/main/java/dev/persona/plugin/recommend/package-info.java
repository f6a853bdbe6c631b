/** Recommending: reading the call, finding candidates by searches and in memory, ordering them. */
package dev.persona.plugin.recommend;
