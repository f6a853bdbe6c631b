package dev.persona.demo.retail;

import java.time.Instant;
import java.util.Optional;

/**
 * A product as the invoices tell of it.
 *
 * @param code stock code
 * @param title its most frequent description
 * @param price median price of a piece over its lines
 * @param firstSold when it was first on an invoice
 * @param category crude family, derived from the title, for the file has no categories; empty where
 *     no word will do
 * @param motif what it has in common with other families, derived from the title; may be empty
 */
public record RetailProduct(
        String code,
        String title,
        double price,
        Instant firstSold,
        Optional<String> category,
        Optional<String> motif) {}
