package dev.persona.plugin.catalog;

import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class CatalogRequestTests extends AbstractWireSerializingTestCase<CatalogRequest> {
    @Override
    protected Writeable.Reader<CatalogRequest> instanceReader() {
        return CatalogRequest::new;
    }

    @Override
    protected CatalogRequest createTestInstance() {
        return new CatalogRequest(
                randomIdentifier(), randomUnicodeOfLengthBetween(0, 30), randomBytesReference(40));
    }

    @Override
    protected CatalogRequest mutateInstance(CatalogRequest request) {
        String catalog = request.catalog();
        String target = request.target();
        BytesReference body = request.body();
        switch (between(0, 2)) {
            case 0 -> catalog += "x";
            case 1 -> target += "x";
            default -> body = randomBytesReference(41);
        }
        return new CatalogRequest(catalog, target, body);
    }

    public void testTheCatalogIsTheIndexThatSecurityMayReplace() {
        CatalogRequest request = createTestInstance();

        request.indices("replaced");

        assertArrayEquals(new String[] {"replaced"}, request.indices());
        assertEquals("replaced", request.catalog());
        expectThrows(IllegalArgumentException.class, () -> request.indices("one", "two"));
    }
}
