package dev.persona.plugin.recommend;

import dev.persona.ranking.recommend.Source;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A product that may be recommended: it is there, and the filter lets it through. */
final class Candidate {
    private final String index;
    private final String id;
    private final List<Object> values;
    private final Set<Source> sources = EnumSet.noneOf(Source.class);
    private double vectorProduct = Double.NaN;

    /**
     * @param values of the field by which recommendations are to differ
     */
    Candidate(String index, String id, List<Object> values) {
        this.index = index;
        this.id = id;
        this.values = values;
    }

    String index() {
        return index;
    }

    String id() {
        return id;
    }

    List<Object> values() {
        return values;
    }

    Set<Source> sources() {
        return sources;
    }

    /**
     * The product of the interest vector and the item's as the search has computed it; NaN where it
     * has not.
     */
    double vectorProduct() {
        return vectorProduct;
    }

    void from(Source source) {
        sources.add(source);
    }

    void vectorProduct(double product) {
        this.vectorProduct = product;
    }
}
