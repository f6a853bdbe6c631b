package dev.persona.profiling.profile;

import java.util.OptionalDouble;

/**
 * An item that a user has bought.
 *
 * @param item its id
 * @param days number of different days it was bought on
 * @param lastDay the last of them, as the number of days since 1970
 * @param cycleDays median of the days from one to the next; empty for a single one
 */
public record BoughtItem(String item, int days, int lastDay, OptionalDouble cycleDays) {}
