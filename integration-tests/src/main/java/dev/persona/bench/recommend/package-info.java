/** How long recommendations take, next to a plain search for nearest neighbours. */
package dev.persona.bench.recommend;
