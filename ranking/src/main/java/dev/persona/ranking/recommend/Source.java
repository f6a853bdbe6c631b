package dev.persona.ranking.recommend;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a recommended item comes from. */
public enum Source {
    /** The interest vector lies near the item's: Hu, Koren and Volinsky, ICDM 2008. */
    INTEREST,
    /** Who took to the user's items took to it too: Dunning, Computational Linguistics 1993. */
    CO_OCCURRENCE,
    /** The user has bought it before. */
    REPEAT,
    /** Users of the same segment take to it. */
    SEGMENT,
    /** Users take to it at present, by a count with a half-life of a week. */
    TRENDING,
    /** Users have taken to it. */
    POPULAR;

    /** Name in requests and answers. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The source of a name. */
    public static Optional<Source> named(String id) {
        return Arrays.stream(values()).filter(source -> source.id().equals(id)).findFirst();
    }

    /** All names. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Source::id).toList();
    }
}
