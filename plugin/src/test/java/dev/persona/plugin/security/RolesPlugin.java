package dev.persona.plugin.security;

import org.elasticsearch.ElasticsearchSecurityException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.CompositeIndicesRequest;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.action.admin.indices.alias.Alias;
import org.elasticsearch.action.admin.indices.create.CreateIndexRequest;
import org.elasticsearch.action.bulk.BulkItemRequest;
import org.elasticsearch.action.bulk.BulkShardRequest;
import org.elasticsearch.action.support.ActionFilter;
import org.elasticsearch.action.support.replication.TransportReplicationAction;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.NetworkPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHeaderDefinition;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.transport.TransportInterceptor;
import org.elasticsearch.transport.TransportRequest;
import org.elasticsearch.transport.TransportRequestHandler;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Enforces roles where Elasticsearch's security does: before each action, and before what one node
 * asks of another, or of itself, in the course of it. Whoever calls says {@code Authorization:
 * ApiKey <name of a role>}.
 */
@SuppressWarnings("deprecation") // There is no other way to see what nodes ask of each other.
public final class RolesPlugin extends Plugin implements ActionPlugin, NetworkPlugin {
    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "ApiKey ";

    /**
     * What Elasticsearch does by itself, without any user. Its own security allows its system user
     * more in this version, documents among it, for the sake of a migration of its own.
     */
    private static final String[] SYSTEM = {
        "internal:*",
        "cluster:monitor/*",
        "cluster:admin/reroute",
        // A search that was refused on a shard cancels what is left of it.
        "cluster:admin/tasks/cancel*",
        "indices:monitor/*",
        "indices:admin/mapping/auto_put",
        "indices:admin/seq_no/*",
        "indices:admin/settings/update"
    };

    /** Roles by name; enforced as long as there are any. */
    private static volatile Map<String, Role> roles = Map.of();

    /** How often somebody without a role was refused, by action. */
    private static final Map<String, Integer> nobody = new ConcurrentHashMap<>();

    private ThreadContext threadContext;

    /** Called by Elasticsearch. */
    public RolesPlugin() {}

    /** From now on who calls needs a role. */
    public static void enforce(Map<String, Role> byName) {
        nobody.clear();
        roles = Map.copyOf(byName);
    }

    /** From now on everybody may do everything. */
    public static void relax() {
        roles = Map.of();
    }

    /** How often somebody without a role was refused, by action. */
    public static Map<String, Integer> refusedWithoutRole() {
        return new TreeMap<>(nobody);
    }

    @Override
    public Collection<?> createComponents(PluginServices services) {
        threadContext = services.threadPool().getThreadContext();
        return List.of();
    }

    @Override
    public Collection<RestHeaderDefinition> getRestHeaders() {
        return List.of(new RestHeaderDefinition(AUTHORIZATION, false));
    }

    @Override
    public Collection<ActionFilter> getActionFilters() {
        return List.of(
                new ActionFilter.Simple() {
                    @Override
                    public int order() {
                        return 0;
                    }

                    @Override
                    protected boolean apply(
                            String action, ActionRequest request, ActionListener<?> listener) {
                        try {
                            check(threadContext, action, request);
                            return true;
                        } catch (ElasticsearchSecurityException e) {
                            listener.onFailure(e);
                            return false;
                        }
                    }
                });
    }

    @Override
    public List<TransportInterceptor> getTransportInterceptors(
            NamedWriteableRegistry names, ThreadContext context) {
        return List.of(
                new TransportInterceptor() {
                    @Override
                    public <T extends TransportRequest> TransportRequestHandler<T> interceptHandler(
                            String action,
                            Executor executor,
                            boolean forced,
                            TransportRequestHandler<T> handler) {
                        return (request, channel, task) -> {
                            try {
                                check(context, action, request);
                            } catch (ElasticsearchSecurityException e) {
                                channel.sendResponse(e);
                                return;
                            }
                            handler.messageReceived(request, channel, task);
                        };
                    }
                });
    }

    private static void check(ThreadContext context, String action, TransportRequest request) {
        Map<String, Role> now = roles;
        if (now.isEmpty() || action.startsWith("internal:")) {
            return;
        }
        String credentials = context.getHeader(AUTHORIZATION);
        if (credentials == null) {
            if (!Regex.simpleMatch(SYSTEM, action)) {
                nobody.merge(action, 1, Integer::sum);
                throw refused("nobody", action, "anything");
            }
            return;
        }
        String name = credentials.substring(SCHEME.length());
        Role role = now.get(name);
        if (role == null) {
            throw refused(name, action, "anything");
        }
        check(name, role, action, request);
    }

    private static void check(String name, Role role, String action, TransportRequest request) {
        switch (request) {
            case TransportReplicationAction.ConcreteShardRequest<?> wrapped ->
                    check(name, role, action, (TransportRequest) wrapped.getRequest());
            case BulkShardRequest bulk -> {
                for (BulkItemRequest item : bulk.items()) {
                    require(name, role, action, item.index());
                    require(name, role, itemAction(item.request()), item.index());
                }
            }
            case CreateIndexRequest create -> {
                require(name, role, action, create.index());
                for (Alias alias : create.aliases()) {
                    require(name, role, "indices:admin/aliases", alias.name());
                }
            }
            case IndicesRequest about -> checkIndices(name, role, action, about);
            default -> checkName(name, role, action);
        }
    }

    private static void checkIndices(
            String name, Role role, String action, IndicesRequest request) {
        if (request instanceof CompositeIndicesRequest
                || request.indices() == null
                || request.indices().length == 0) {
            // What it is about is checked shard by shard.
            checkName(name, role, action);
            return;
        }
        for (String index : request.indices()) {
            require(name, role, action, index);
        }
    }

    private static void checkName(String name, Role role, String action) {
        boolean allowed =
                action.startsWith("cluster:")
                        ? role.allowsOnCluster(action)
                        : role.allowsSomewhere(action);
        if (!allowed) {
            throw refused(name, action, "anything");
        }
    }

    private static String itemAction(DocWriteRequest<?> item) {
        return switch (item.opType()) {
            case INDEX -> "indices:data/write/index";
            case CREATE -> "indices:data/write/index:op_type/create";
            case UPDATE -> "indices:data/write/update";
            case DELETE -> "indices:data/write/delete";
        };
    }

    private static void require(String name, Role role, String action, String index) {
        if (!role.allows(action, index)) {
            throw refused(name, action, index);
        }
    }

    private static ElasticsearchSecurityException refused(String name, String action, String what) {
        return new ElasticsearchSecurityException(
                "[{}] may not [{}] on [{}]", RestStatus.FORBIDDEN, name, action, what);
    }
}
