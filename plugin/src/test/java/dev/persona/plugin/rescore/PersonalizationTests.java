package dev.persona.plugin.rescore;

import dev.persona.plugin.catalog.Catalog;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;

import java.util.Optional;

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
                randomBoolean()
                        ? Optional.empty()
                        : Optional.of(
                                new Catalog.Generation(between(1, 100), randomFrom("a", "b"))),
                vector(between(0, 5)),
                randomBytesReference(between(0, 100)),
                randomNonNegativeLong());
    }

    private static float[] vector(int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = randomFloat();
        }
        return vector;
    }

    @Override
    protected Personalization mutateInstance(Personalization what) {
        String catalog = what.catalog();
        int version = what.version();
        Optional<Catalog.Generation> generation = what.generation();
        float[] interest = what.interest();
        var profile = what.profile();
        long now = what.now();
        switch (between(0, 5)) {
            case 0 -> catalog += "x";
            case 1 -> version++;
            case 2 -> generation = Optional.of(new Catalog.Generation(101, "a"));
            case 3 -> interest = vector(interest.length + 1);
            case 4 -> profile = randomBytesReference(101);
            default -> now = now / 2 + 1;
        }
        return new Personalization(catalog, version, generation, interest, profile, now);
    }

    public void testThereIsNothingToPersonalizeWithWithoutAProfile() {
        assertFalse(with(BytesArray.EMPTY).hasProfile());
        assertTrue(with(new BytesArray("{}")).hasProfile());
    }

    private static Personalization with(BytesReference profile) {
        return new Personalization("c", 1, Optional.empty(), new float[0], profile, 0);
    }
}
