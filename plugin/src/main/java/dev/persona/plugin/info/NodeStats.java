package dev.persona.plugin.info;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.catalog.Catalog;
import dev.persona.plugin.catalog.Catalogs;
import dev.persona.plugin.event.EventCounters;
import dev.persona.plugin.follower.ProfileFollowers;
import dev.persona.plugin.generation.LoadedGenerations;
import dev.persona.plugin.item.ItemFollowers;
import dev.persona.plugin.model.LoadedModels;
import dev.persona.plugin.segment.LoadedSegments;
import dev.persona.plugin.upkeep.UpkeepRunners;

/** What this node has counted, catalog by catalog. */
public final class NodeStats {
    private final Catalogs catalogs;
    private final EventCounters events;
    private final ProfileFollowers followers;
    private final ItemFollowers items;
    private final UpkeepRunners upkeep;
    private final LoadedModels models;
    private final LoadedGenerations generations;
    private final LoadedSegments segments;

    /** Made once a node. */
    public NodeStats(
            Catalogs catalogs,
            EventCounters events,
            ProfileFollowers followers,
            ItemFollowers items,
            UpkeepRunners upkeep,
            LoadedModels models,
            LoadedGenerations generations,
            LoadedSegments segments) {
        this.catalogs = catalogs;
        this.events = events;
        this.followers = followers;
        this.items = items;
        this.upkeep = upkeep;
        this.models = models;
        this.generations = generations;
        this.segments = segments;
    }

    /** All catalogs by name. */
    ObjectNode all() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        catalogs.all().stream()
                .map(Catalog::name)
                .sorted()
                .forEach(catalog -> json.set(catalog, of(catalog)));
        return json;
    }

    /**
     * One catalog: calls for events since this node started, the followers and the upkeep that are
     * here, and the models, generations and segments in memory.
     */
    ObjectNode of(String catalog) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("events", events.of(catalog));
        json.set("followers", followers.report(catalog));
        json.set("items", items.report(catalog));
        upkeep.report(catalog).ifPresent(done -> json.set("upkeep", done));
        ArrayNode loaded = json.putArray("models");
        for (LoadedModels.Loaded model : models.all()) {
            if (model.catalog().equals(catalog)) {
                ObjectNode entry = loaded.addObject();
                entry.put("model", model.model());
                entry.put("version", model.version());
                entry.put("bytes", model.bytes());
            }
        }
        ArrayNode vectors = json.putArray("generations");
        for (LoadedGenerations.Loaded generation : generations.all()) {
            if (generation.catalog().equals(catalog)) {
                ObjectNode entry = vectors.addObject();
                entry.put("generation", generation.number());
                entry.put("items", generation.items());
                entry.put("bytes", generation.bytes());
            }
        }
        ArrayNode told = json.putArray("segments");
        for (LoadedSegments.Loaded model : segments.all()) {
            if (model.catalog().equals(catalog)) {
                ObjectNode entry = told.addObject();
                entry.put("version", model.version());
                entry.put("count", model.count());
                entry.put("bytes", model.bytes());
            }
        }
        return json;
    }
}
