package dev.persona.plugin.security;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ContextPreservingActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.FilterClient;
import org.elasticsearch.common.settings.SecureSetting;
import org.elasticsearch.common.settings.SecureString;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Acts for the plugin itself, never for the caller whose thread it happens to run on: what wakes a
 * follower is the write of some user, and what it does then is not that user's business.
 *
 * <p>Where Elasticsearch's security is on, it acts with the API key of the node's keystore. The
 * answer arrives with the context of whoever asked.
 */
public final class OwnClient extends FilterClient {
    /** The API key of the plugin, in the encoded form that Elasticsearch gives it out in. */
    public static final Setting<SecureString> API_KEY =
            SecureSetting.secureString("persona.own.api_key", null);

    private static final String AUTHORIZATION = "Authorization";

    private final Optional<String> authorization;

    private OwnClient(Client client, Optional<String> authorization) {
        super(client);
        this.authorization = authorization;
    }

    /**
     * A client for the plugin's own work.
     *
     * @param settings of the node, while its keystore is open
     */
    public static OwnClient of(Client client, Settings settings) {
        try (SecureString key = API_KEY.get(settings)) {
            return new OwnClient(
                    client,
                    key.isEmpty() ? Optional.empty() : Optional.of("ApiKey " + key.toString()));
        }
    }

    @Override
    protected <Request extends ActionRequest, Response extends ActionResponse> void doExecute(
            ActionType<Response> action, Request request, ActionListener<Response> listener) {
        ThreadContext context = threadPool().getThreadContext();
        Supplier<ThreadContext.StoredContext> asker = context.newRestorableContext(false);
        ThreadContext.StoredContext before = context.stashContext();
        try {
            authorization.ifPresent(credentials -> context.putHeader(AUTHORIZATION, credentials));
            super.doExecute(
                    action, request, new ContextPreservingActionListener<>(asker, listener));
        } finally {
            before.close();
        }
    }
}
