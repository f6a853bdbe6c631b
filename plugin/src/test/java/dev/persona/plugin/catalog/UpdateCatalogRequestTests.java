package dev.persona.plugin.catalog;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.Tuple;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

import java.util.HashMap;
import java.util.Map;

public class UpdateCatalogRequestTests
        extends AbstractWireSerializingTestCase<UpdateCatalogAction.Request> {
    @Override
    protected Writeable.Reader<UpdateCatalogAction.Request> instanceReader() {
        return UpdateCatalogAction.Request::new;
    }

    @Override
    protected UpdateCatalogAction.Request createTestInstance() {
        return randomBoolean()
                ? UpdateCatalogAction.Request.unregister(randomIdentifier())
                : new UpdateCatalogAction.Request(
                        randomIdentifier(),
                        randomMap(
                                1,
                                5,
                                () -> Tuple.tuple(randomIdentifier(), randomAlphaOfLength(20))));
    }

    @Override
    protected UpdateCatalogAction.Request mutateInstance(UpdateCatalogAction.Request request) {
        if (randomBoolean()) {
            return new UpdateCatalogAction.Request(request.catalog + "x", request.changes);
        }
        Map<String, String> changes = new HashMap<>(request.changes);
        changes.merge("settings", "{}", String::concat);
        return new UpdateCatalogAction.Request(request.catalog, changes);
    }

    public void testItIsAboutTheIndexThatIsChanged() {
        assertArrayEquals(
                new String[] {"persona-profiles-products"},
                UpdateCatalogAction.Request.unregister("products").indices());
    }
}
