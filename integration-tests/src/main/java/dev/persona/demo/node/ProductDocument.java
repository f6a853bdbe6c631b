package dev.persona.demo.node;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A product ready to be indexed.
 *
 * @param id document id
 * @param source its fields
 */
public record ProductDocument(String id, ObjectNode source) {}
