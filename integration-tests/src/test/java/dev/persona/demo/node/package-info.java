/** A node to run the demo against, without Elasticsearch. */
package dev.persona.demo.node;
