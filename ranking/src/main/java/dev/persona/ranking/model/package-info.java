/** The LightGBM ranking model: training, loading, scoring. */
package dev.persona.ranking.model;
