package dev.persona.plugin.rescore;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

public class PersonalizationTests extends AbstractWireSerializingTestCase<Personalization> {
    @Override
    protected Writeable.Reader<Personalization> instanceReader() {
        return Personalization::new;
    }

    @Override
    protected Personalization createTestInstance() {
        return any();
    }

    static Personalization any() {
        return new Personalization(
                randomIdentifier(),
                between(1, 1000),
                randomFrom("", "a", "b"),
                randomBytesReference(between(0, 100)),
                randomNonNegativeLong());
    }

    @Override
    protected Personalization mutateInstance(Personalization what) {
        String catalog = what.catalog();
        int version = what.version();
        String slot = what.slot();
        var profile = what.profile();
        long now = what.now();
        return switch (between(0, 4)) {
            case 0 -> new Personalization(catalog + "x", version, slot, profile, now);
            case 1 -> new Personalization(catalog, version + 1, slot, profile, now);
            case 2 -> new Personalization(catalog, version, slot + "x", profile, now);
            case 3 -> new Personalization(catalog, version, slot, randomBytesReference(101), now);
            default -> new Personalization(catalog, version, slot, profile, now / 2 + 1);
        };
    }

    public void testThereIsNothingToPersonalizeWithWithoutAProfile() {
        assertFalse(new Personalization("c", 1, "a", BytesArray.EMPTY, 0).hasProfile());
        assertTrue(new Personalization("c", 1, "a", new BytesArray("{}"), 0).hasProfile());
    }
}
