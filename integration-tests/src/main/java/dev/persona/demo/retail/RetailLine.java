package dev.persona.demo.retail;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an invoice that sold a product, or took it back.
 *
 * @param invoice invoice number
 * @param number place in the file, from 1; with the invoice it names the purchase
 * @param code stock code in upper case, for the file has both cases of the same codes
 * @param description as on this line, single-spaced, possibly empty; the same code has several
 * @param quantity at least 1
 * @param price of one piece, above 0
 * @param at when
 * @param customer who; empty when the file does not say
 * @param country of the customer
 */
public record RetailLine(
        String invoice,
        int number,
        String code,
        String description,
        int quantity,
        double price,
        Instant at,
        Optional<String> customer,
        String country) {}
