/** Purchases of a real shop read from a file: products, made queries, what is sent and measured. */
package dev.persona.demo.retail;
