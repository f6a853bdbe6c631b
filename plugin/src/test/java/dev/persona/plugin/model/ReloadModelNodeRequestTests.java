package dev.persona.plugin.model;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class ReloadModelNodeRequestTests
        extends AbstractWireSerializingTestCase<ReloadModelAction.NodeRequest> {
    @Override
    protected Writeable.Reader<ReloadModelAction.NodeRequest> instanceReader() {
        return ReloadModelAction.NodeRequest::new;
    }

    @Override
    protected ReloadModelAction.NodeRequest createTestInstance() {
        return new ReloadModelAction.NodeRequest(
                randomIdentifier(), randomIdentifier(), between(1, Integer.MAX_VALUE - 1));
    }

    @Override
    protected ReloadModelAction.NodeRequest mutateInstance(ReloadModelAction.NodeRequest request) {
        String catalog = request.catalog;
        String model = request.model;
        int version = request.version;
        return switch (between(0, 2)) {
            case 0 -> new ReloadModelAction.NodeRequest(catalog + "x", model, version);
            case 1 -> new ReloadModelAction.NodeRequest(catalog, model + "x", version);
            default -> new ReloadModelAction.NodeRequest(catalog, model, version + 1);
        };
    }
}
