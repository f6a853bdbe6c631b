/** The ranking model: a LightGBM forest with the feature set it was trained on. */
package dev.persona.ranking.model;
