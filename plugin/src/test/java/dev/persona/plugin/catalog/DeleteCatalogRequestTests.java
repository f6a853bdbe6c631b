package dev.persona.plugin.catalog;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class DeleteCatalogRequestTests
        extends AbstractWireSerializingTestCase<DeleteCatalogAction.Request> {
    @Override
    protected Writeable.Reader<DeleteCatalogAction.Request> instanceReader() {
        return DeleteCatalogAction.Request::new;
    }

    @Override
    protected DeleteCatalogAction.Request createTestInstance() {
        return new DeleteCatalogAction.Request(randomIdentifier(), randomBoolean());
    }

    @Override
    protected DeleteCatalogAction.Request mutateInstance(DeleteCatalogAction.Request request) {
        var purging = new DeleteCatalogAction.Request(request.catalog(), true);
        var keeping = new DeleteCatalogAction.Request(request.catalog(), false);
        if (randomBoolean()) {
            return request.equals(purging) ? keeping : purging;
        }
        return new DeleteCatalogAction.Request(request.catalog() + "x", request.equals(purging));
    }
}
