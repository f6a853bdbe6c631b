package dev.persona.plugin.catalog;

import dev.persona.plugin.json.Json;
import dev.persona.profiling.json.InvalidFieldException;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.fieldcaps.FieldCapabilities;
import org.elasticsearch.action.fieldcaps.FieldCapabilitiesRequest;
import org.elasticsearch.action.fieldcaps.FieldCapabilitiesResponse;
import org.elasticsearch.client.internal.Client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks that the fields a catalog names are mapped and fit for their roles. */
final class FieldRoles {
    private static final Set<String> TEXT = Set.of("text", "match_only_text", "keyword");
    private static final Set<String> NUMBERS =
            Set.of(
                    "long",
                    "integer",
                    "short",
                    "byte",
                    "double",
                    "float",
                    "half_float",
                    "scaled_float",
                    "unsigned_long");
    private static final Set<String> DATES = Set.of("date", "date_nanos");
    private static final Set<String> KEYWORDS = Set.of("keyword", "constant_keyword");

    private final Client client;

    FieldRoles(Client client) {
        this.client = client;
    }

    private record Role(String name, String field, Set<String> types, boolean docValues) {}

    /** Fails with a 400 that names role, field and what is wrong with it. */
    void check(String catalog, CatalogSettings settings, ActionListener<Void> listener) {
        List<Role> roles = new ArrayList<>();
        settings.title().ifPresent(field -> roles.add(new Role("title", field, TEXT, false)));
        settings.price().ifPresent(field -> roles.add(new Role("price", field, NUMBERS, true)));
        settings.createdAt()
                .ifPresent(field -> roles.add(new Role("created_at", field, DATES, true)));
        settings.attributes()
                .forEach(field -> roles.add(new Role("attributes", field, KEYWORDS, true)));
        if (roles.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        FieldCapabilitiesRequest request =
                new FieldCapabilitiesRequest()
                        .indices(catalog)
                        .fields(roles.stream().map(Role::field).distinct().toArray(String[]::new));
        client.fieldCaps(
                request,
                listener.map(
                        found -> {
                            roles.forEach(role -> check(role, found));
                            return null;
                        }));
    }

    private static void check(Role role, FieldCapabilitiesResponse found) {
        String where = "fields." + role.name();
        Map<String, FieldCapabilities> types = found.getField(role.field());
        if (types == null || types.isEmpty()) {
            throw Json.badRequest(
                    new InvalidFieldException(
                            where, "names [" + role.field() + "], which is not mapped"));
        }
        types.forEach(
                (type, capabilities) -> {
                    if (!role.types().contains(type)) {
                        throw Json.badRequest(
                                new InvalidFieldException(
                                        where,
                                        "names ["
                                                + role.field()
                                                + "] of type ["
                                                + type
                                                + "], must be one of "
                                                + new TreeSet<>(role.types())));
                    }
                    if (role.docValues() && !capabilities.isAggregatable()) {
                        throw Json.badRequest(
                                new InvalidFieldException(
                                        where,
                                        "names [" + role.field() + "], which has no doc values"));
                    }
                });
    }
}
