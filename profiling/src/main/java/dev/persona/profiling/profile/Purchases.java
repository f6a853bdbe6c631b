package dev.persona.profiling.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.profiling.event.Event;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a user bought: how often, on which days, for how much, and what again and again.
 *
 * <p>The latest {@value #MOST_DAYS} days with a purchase are kept. Money is counted in whole
 * ten-thousandths, so that its sum does not depend on the order of the events.
 */
public final class Purchases {
    /** How many days with a purchase are kept. */
    static final int MOST_DAYS = 1000;

    private static final int DECIMALS = 4;

    private long total;
    private long last = Long.MIN_VALUE;
    private BigInteger tenThousandths = BigInteger.ZERO;
    private DaySet days = new DaySet();
    private final BoughtItems items = new BoughtItems();

    Purchases() {}

    void add(Event purchase, int day) {
        total++;
        last = Math.max(last, purchase.timestamp());
        tenThousandths = tenThousandths.add(paid(purchase));
        addDay(day);
        purchase.item().ifPresent(item -> items.add(item, day));
    }

    private void addDay(int day) {
        if (days.add(day) && days.size() > MOST_DAYS) {
            days.removeFirst();
        }
    }

    /** Quantity times the price as it is written in decimals, rounded half up. */
    private static BigInteger paid(Event purchase) {
        double price = purchase.amount().price();
        if (Double.isNaN(price)) {
            price = purchase.facts().price();
        }
        if (!Double.isFinite(price)) {
            return BigInteger.ZERO;
        }
        return BigDecimal.valueOf(price)
                .multiply(BigDecimal.valueOf(purchase.amount().quantity()))
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .unscaledValue();
    }

    void absorb(Purchases other) {
        total += other.total;
        last = Math.max(last, other.last);
        tenThousandths = tenThousandths.add(other.tenThousandths);
        for (int i = 0; i < other.days.size(); i++) {
            addDay(other.days.get(i));
        }
        items.absorb(other.items);
    }

    /** Number of purchases. */
    public long total() {
        return total;
    }

    /** Time of the latest purchase, in milliseconds since 1970; Long.MIN_VALUE without one. */
    public long last() {
        return last;
    }

    /** Number of different days with a purchase, at most {@value #MOST_DAYS}. */
    public int days() {
        return days.size();
    }

    /** The day of the latest purchase. */
    public OptionalInt lastDay() {
        return days.size() == 0 ? OptionalInt.empty() : OptionalInt.of(days.last());
    }

    /** All money spent, to four decimals. */
    public BigDecimal monetary() {
        return new BigDecimal(tenThousandths, DECIMALS);
    }

    /** Median of the days from one day with a purchase to the next; empty with fewer than two. */
    public OptionalDouble cycleDays() {
        return days.medianGap();
    }

    /** What was bought lately, in the order of the items' ids. */
    public List<BoughtItem> boughtItems() {
        return items.all();
    }

    void write(JsonGenerator json) throws IOException {
        if (total == 0) {
            return;
        }
        json.writeObjectFieldStart("purchases");
        json.writeNumberField("n", total);
        json.writeNumberField("last", last);
        // Text: as a number it could be too long for a reader of JSON.
        json.writeStringField("ten_thousandths", tenThousandths.toString());
        json.writeFieldName("days");
        days.write(json);
        if (!items.isEmpty()) {
            items.write(json);
        }
        json.writeEndObject();
    }

    void read(JsonNode json) {
        if (json.isEmpty()) {
            return;
        }
        total = json.path("n").asLong();
        last = json.path("last").asLong();
        tenThousandths = new BigInteger(json.path("ten_thousandths").asText());
        days = DaySet.read(json.path("days"));
        items.read(json.path("items"));
    }

    ObjectNode shown() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("total", total);
        json.put("days", days());
        if (total > 0) {
            json.put("last", Instant.ofEpochMilli(last).toString());
        }
        json.put("monetary", Rounded.of(monetary().doubleValue()));
        cycleDays().ifPresent(cycle -> json.put("cycle_days", cycle));
        json.set("repeat_items", items.repeatsShown());
        return json;
    }
}
