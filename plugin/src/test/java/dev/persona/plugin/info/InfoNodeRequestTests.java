package dev.persona.plugin.info;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class InfoNodeRequestTests extends AbstractWireSerializingTestCase<InfoAction.NodeRequest> {
    @Override
    protected Writeable.Reader<InfoAction.NodeRequest> instanceReader() {
        return InfoAction.NodeRequest::new;
    }

    @Override
    protected InfoAction.NodeRequest createTestInstance() {
        return new InfoAction.NodeRequest();
    }

    /** There is nothing in it that could be another. */
    @Override
    protected InfoAction.NodeRequest mutateInstance(InfoAction.NodeRequest request) {
        return null;
    }
}
