/** From stored events to a trained ranking model: replay, join, grades, LightGBM. */
package dev.persona.ranking.training;
