package dev.persona.plugin.catalog;

import dev.persona.plugin.json.Json;

/** Makes what a catalog's metadata would hold. */
public final class TaggingOf {
    private TaggingOf() {}

    /** By rules and no population. */
    public static Tagging rules(String json, CatalogSettings settings) {
        return Tagging.read(Tagging.change(Tagging.parse(Json.readText(json), settings)), settings);
    }
}
