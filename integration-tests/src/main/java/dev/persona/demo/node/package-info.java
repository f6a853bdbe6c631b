/** What the demo asks of a node: an index, events, trainings, searches. */
package dev.persona.demo.node;
