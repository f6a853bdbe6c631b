package dev.persona.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.client.ElasticsearchClient;

/**
 * A product of a made catalog.
 *
 * @param id its id
 * @param category one of few
 * @param brand one of some
 * @param price in the shop's currency, with two decimals
 */
public record BenchProduct(String id, String category, String brand, double price) {

    ObjectNode source() {
        return ElasticsearchClient.JSON
                .createObjectNode()
                .put("title", brand + " " + category + " " + id)
                .put("category", category)
                .put("brand", brand)
                .put("price", price);
    }
}
