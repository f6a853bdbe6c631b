package dev.persona.plugin.security;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.settings.MockSecureSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.client.NoOpClient;
import org.elasticsearch.threadpool.TestThreadPool;
import org.junit.After;
import org.junit.Before;

import java.util.ArrayList;
import java.util.List;

public class OwnClientTests extends ESTestCase {
    private static final String AUTHORIZATION = "Authorization";

    private TestThreadPool threadPool;
    private final List<String> seen = new ArrayList<>();

    @Before
    public void makeThreads() {
        threadPool = new TestThreadPool(getTestName());
    }

    @After
    public void endThreads() {
        terminate(threadPool);
    }

    private ThreadContext context() {
        return threadPool.getThreadContext();
    }

    /** Notes down as whom it was called. */
    private Client client(Settings settings) {
        return OwnClient.of(
                new NoOpClient(threadPool) {
                    @Override
                    protected <Q extends ActionRequest, R extends ActionResponse> void doExecute(
                            ActionType<R> action, Q request, ActionListener<R> listener) {
                        seen.add(context().getHeader(AUTHORIZATION));
                        listener.onResponse(null);
                    }
                },
                settings);
    }

    private void getAsSomebody(Client own) {
        ThreadContext.StoredContext before = context().stashContext();
        try {
            context().putHeader(AUTHORIZATION, "Basic somebody");
            own.get(
                    new GetRequest("products", "p1"),
                    ActionListener.running(() -> seen.add(context().getHeader(AUTHORIZATION))));
            seen.add(context().getHeader(AUTHORIZATION));
        } finally {
            before.close();
        }
    }

    public void testItActsWithTheKeyOfTheKeystoreAndGivesTheCallersContextBack() {
        MockSecureSettings secrets = new MockSecureSettings();
        secrets.setString("persona.own.api_key", "a2V5");

        getAsSomebody(client(Settings.builder().setSecureSettings(secrets).build()));

        assertEquals(List.of("ApiKey a2V5", "Basic somebody", "Basic somebody"), seen);
    }

    public void testWithoutAKeyItActsAsNobodyAndNeverAsTheCaller() {
        getAsSomebody(client(Settings.EMPTY));

        assertNull(seen.getFirst());
        assertEquals(List.of("Basic somebody", "Basic somebody"), seen.subList(1, 3));
    }
}
