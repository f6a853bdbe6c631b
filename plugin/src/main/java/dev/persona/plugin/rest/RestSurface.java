package dev.persona.plugin.rest;

import static dev.persona.plugin.rest.RestCall.body;

import static org.elasticsearch.rest.RestRequest.Method.DELETE;
import static org.elasticsearch.rest.RestRequest.Method.GET;
import static org.elasticsearch.rest.RestRequest.Method.POST;
import static org.elasticsearch.rest.RestRequest.Method.PUT;

import dev.persona.plugin.catalog.CatalogRequest;
import dev.persona.plugin.catalog.DeleteCatalogAction;
import dev.persona.plugin.catalog.PutCatalogAction;
import dev.persona.plugin.consent.PutProfileAction;
import dev.persona.plugin.event.EventsAction;
import dev.persona.plugin.event.EventsRequest;
import dev.persona.plugin.factorization.TrainFactorsAction;
import dev.persona.plugin.follower.GetProfileAction;
import dev.persona.plugin.identity.MergeProfilesAction;
import dev.persona.plugin.info.CatalogStatsAction;
import dev.persona.plugin.info.GetCatalogAction;
import dev.persona.plugin.info.InfoAction;
import dev.persona.plugin.info.StatsAction;
import dev.persona.plugin.json.Json;
import dev.persona.plugin.model.GetModelAction;
import dev.persona.plugin.model.ReloadModelAction;
import dev.persona.plugin.model.TrainModelAction;
import dev.persona.plugin.privacy.EraseProfileAction;
import dev.persona.plugin.rebuild.RebuildProfilesAction;
import dev.persona.plugin.recommend.RecommendAction;
import dev.persona.plugin.segment.GetSegmentsAction;
import dev.persona.plugin.segment.PutSegmentAction;
import dev.persona.plugin.segmentation.TrainSegmentsAction;
import dev.persona.plugin.tag.GetTagsAction;
import dev.persona.plugin.tag.PutTagsAction;
import dev.persona.plugin.task.JobRequest;
import dev.persona.profiling.event.EventFormat;
import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestHandler.Route;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.xcontent.ParsedMediaType;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All calls, path by path. */
public final class RestSurface {
    private static final String CATALOG = "/{index}/_persona";
    private static final String PROFILE = CATALOG + "/profiles/{user}";
    private static final String SEGMENTS = CATALOG + "/segments";
    private static final String MODEL = CATALOG + "/models/{model}";

    private static final TimeValue DEFAULT_TIMEOUT = TimeValue.timeValueSeconds(30);

    private RestSurface() {}

    /** One handler for each call. */
    public static List<RestHandler> calls() {
        return List.of(
                new RestNodesCall(
                        "persona_info",
                        new Route(GET, "/_persona"),
                        InfoAction.TYPE,
                        http -> new InfoAction.Request()),
                new RestCall(
                        "persona_put_catalog",
                        new Route(PUT, CATALOG),
                        PutCatalogAction.TYPE,
                        http -> new CatalogRequest(index(http), body(http))),
                new RestCall(
                        "persona_get_catalog",
                        new Route(GET, CATALOG),
                        GetCatalogAction.TYPE,
                        http -> new CatalogRequest(index(http), BytesArray.EMPTY)),
                new RestCall(
                        "persona_delete_catalog",
                        new Route(DELETE, CATALOG),
                        DeleteCatalogAction.TYPE,
                        http ->
                                new DeleteCatalogAction.Request(
                                        index(http), http.paramAsBoolean("purge", false))),
                new RestCall(
                        "persona_events",
                        new Route(POST, CATALOG + "/events"),
                        EventsAction.TYPE,
                        http ->
                                new EventsRequest(
                                        index(http),
                                        format(http),
                                        isLines(http),
                                        awaitProfiles(http),
                                        body(http))),
                new RestCall(
                        "persona_get_profile",
                        new Route(GET, PROFILE),
                        GetProfileAction.TYPE,
                        http ->
                                new CatalogRequest(
                                        index(http), http.param("user"), BytesArray.EMPTY)),
                new RestCall(
                        "persona_put_profile",
                        new Route(PUT, PROFILE),
                        PutProfileAction.TYPE,
                        http -> new CatalogRequest(index(http), http.param("user"), body(http))),
                new RestCall(
                        "persona_delete_profile",
                        new Route(DELETE, PROFILE),
                        EraseProfileAction.TYPE,
                        http ->
                                new CatalogRequest(
                                        index(http), http.param("user"), BytesArray.EMPTY)),
                new RestExport(new Route(GET, PROFILE + "/_export")),
                new RestCall(
                        "persona_merge_profiles",
                        new Route(POST, CATALOG + "/profiles/_merge"),
                        MergeProfilesAction.TYPE,
                        http -> new CatalogRequest(index(http), body(http))),
                new RestJob(
                        "persona_rebuild_profiles",
                        new Route(POST, CATALOG + "/profiles/_rebuild"),
                        RebuildProfilesAction.TYPE,
                        http -> new JobRequest(index(http), "", body(http))),
                new RestCall(
                        "persona_get_tags",
                        new Route(GET, CATALOG + "/tags"),
                        GetTagsAction.TYPE,
                        http -> new CatalogRequest(index(http), BytesArray.EMPTY)),
                new RestCall(
                        "persona_put_tags",
                        new Route(PUT, CATALOG + "/tags"),
                        PutTagsAction.TYPE,
                        http -> new CatalogRequest(index(http), body(http))),
                new RestJob(
                        "persona_train_segments",
                        new Route(POST, SEGMENTS + "/_train"),
                        TrainSegmentsAction.TYPE,
                        http -> new JobRequest(index(http), "", body(http))),
                new RestCall(
                        "persona_get_segments",
                        new Route(GET, SEGMENTS),
                        GetSegmentsAction.TYPE,
                        http -> new CatalogRequest(index(http), BytesArray.EMPTY)),
                new RestCall(
                        "persona_put_segment",
                        new Route(PUT, SEGMENTS + "/{segment}"),
                        PutSegmentAction.TYPE,
                        http -> new CatalogRequest(index(http), http.param("segment"), body(http))),
                new RestNodesCall(
                        "persona_stats",
                        new Route(GET, "/_persona/stats"),
                        StatsAction.TYPE,
                        http -> new InfoAction.Request()),
                new RestNodesCall(
                        "persona_catalog_stats",
                        new Route(GET, CATALOG + "/stats"),
                        CatalogStatsAction.TYPE,
                        http -> new CatalogStatsAction.Request(index(http))),
                new RestCall(
                        "persona_recommend",
                        new Route(POST, CATALOG + "/recommend"),
                        RecommendAction.TYPE,
                        http -> new CatalogRequest(index(http), body(http))),
                new RestJob(
                        "persona_train_factors",
                        new Route(POST, CATALOG + "/factors/_train"),
                        TrainFactorsAction.TYPE,
                        http -> new JobRequest(index(http), "", body(http))),
                new RestCall(
                        "persona_get_model",
                        new Route(GET, MODEL),
                        GetModelAction.TYPE,
                        http ->
                                new CatalogRequest(
                                        index(http), http.param("model"), BytesArray.EMPTY)),
                new RestJob(
                        "persona_train_model",
                        new Route(POST, MODEL + "/_train"),
                        TrainModelAction.TYPE,
                        http -> new JobRequest(index(http), http.param("model"), body(http))),
                new RestNodesCall(
                        "persona_reload_model",
                        new Route(POST, MODEL + "/_reload"),
                        ReloadModelAction.TYPE,
                        http -> new ReloadModelAction.Request(index(http), http.param("model"))));
    }

    /** As for _bulk; the default is not to wait, and to wait for at most as long as asked. */
    private static Optional<TimeValue> awaitProfiles(RestRequest http) {
        String refresh = http.param("refresh", "false");
        TimeValue timeout = http.paramAsTime("timeout", DEFAULT_TIMEOUT);
        return switch (refresh) {
            case "false" -> Optional.empty();
            case "wait_for", "true", "" -> Optional.of(timeout);
            default ->
                    throw new IllegalArgumentException(
                            "[refresh] must be wait_for or false, was [" + refresh + "]");
        };
    }

    private static String index(RestRequest http) {
        return http.param("index");
    }

    private static EventFormat format(RestRequest http) {
        String name = http.param("format", EventFormat.NATIVE.id());
        return EventFormat.named(name)
                .orElseThrow(
                        () ->
                                Json.badRequest(
                                        new InvalidFieldException(
                                                "format",
                                                "must be one of "
                                                        + EventFormat.ids()
                                                        + ", was ["
                                                        + JsonFields.shorten(name)
                                                        + "]")));
    }

    private static boolean isLines(RestRequest http) {
        ParsedMediaType type = http.getParsedContentType();
        return type != null
                && type.mediaTypeWithoutParameters().toLowerCase(Locale.ROOT).endsWith("ndjson");
    }
}
