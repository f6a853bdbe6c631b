/** How good a list of items is: one measure a class, with its definition and where it is from. */
package dev.persona.metric;
