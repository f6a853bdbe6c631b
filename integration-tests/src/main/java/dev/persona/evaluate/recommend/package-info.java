/**
 * {@code ./persona evaluate recommend}: what a node recommends, held against what users bought
 * then, beside popularity, own purchases and plain factors.
 */
package dev.persona.evaluate.recommend;
