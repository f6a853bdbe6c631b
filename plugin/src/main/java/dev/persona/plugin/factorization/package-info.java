/** Training a factor model from stored events and putting its vectors where they are used. */
package dev.persona.plugin.factorization;
