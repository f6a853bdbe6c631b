package dev.persona.plugin.rescore;

import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.test.AbstractWireSerializingTestCase;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What callers say, and what goes to the shards. */
public class PersonalizeRescorerBuilderTests
        extends AbstractWireSerializingTestCase<PersonalizeRescorerBuilder> {
    /** Only a rewrite asks it anything. */
    private static final Personalizer PERSONALIZER = new Personalizer(null, null, null, null);

    @Override
    protected NamedXContentRegistry xContentRegistry() {
        return new NamedXContentRegistry(
                List.of(
                        new NamedXContentRegistry.Entry(
                                RescorerBuilder.class,
                                new ParseField(PersonalizeRescorerBuilder.NAME),
                                (parser, context) ->
                                        PersonalizeRescorerBuilder.parse(parser, PERSONALIZER))));
    }

    private PersonalizeRescorerBuilder parse(String json) throws IOException {
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, json)) {
            parser.nextToken();
            return (PersonalizeRescorerBuilder)
                    RescorerBuilder.parseFromXContent(parser, name -> {});
        }
    }

    private PersonalizeRescorerBuilder parse(int window, Map<String, Object> personalize)
            throws IOException {
        try (XContentBuilder json = JsonXContent.contentBuilder()) {
            json.startObject().field("window_size", window).field("personalize", personalize);
            return parse(Strings.toString(json.endObject()));
        }
    }

    private static Map<String, Object> said(PersonalizeRescorerBuilder builder) {
        Map<String, Object> json =
                XContentHelper.convertToMap(
                        JsonXContent.jsonXContent, Strings.toString(builder), true);
        @SuppressWarnings("unchecked")
        Map<String, Object> personalize = (Map<String, Object>) json.get("personalize");
        return new HashMap<>(personalize);
    }

    @Override
    protected Writeable.Reader<PersonalizeRescorerBuilder> instanceReader() {
        return in -> new PersonalizeRescorerBuilder(in, PERSONALIZER);
    }

    @Override
    protected PersonalizeRescorerBuilder createTestInstance() {
        Map<String, Object> personalize = new HashMap<>();
        personalize.put("user", randomUnicodeOfLengthBetween(1, 20));
        maybe(personalize, "model", randomIdentifier());
        maybe(personalize, "context", Map.of("hour", between(0, 23), "device", "phone"));
        maybe(personalize, "query_id", randomUUID());
        maybe(personalize, "missing_profile", randomFrom("ignore", "fail"));
        try {
            PersonalizeRescorerBuilder parsed = parse(between(1, 10_000), personalize);
            return randomBoolean()
                    ? parsed
                    : parsed.with(Optional.of(PersonalizationTests.any()), Optional.empty());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void maybe(Map<String, Object> into, String name, Object value) {
        if (randomBoolean()) {
            into.put(name, value);
        }
    }

    @Override
    protected PersonalizeRescorerBuilder mutateInstance(PersonalizeRescorerBuilder builder)
            throws IOException {
        int window = builder.windowSize();
        Map<String, Object> said = said(builder);
        switch (between(0, 6)) {
            case 0 -> window++;
            case 1 -> said.merge("user", "x", (a, b) -> a + "" + b);
            case 2 -> said.merge("model", "x", (a, b) -> a + "" + b);
            case 3 -> said.put("context", Map.of("hour", 24));
            case 4 -> said.merge("query_id", "x", (a, b) -> a + "" + b);
            case 5 ->
                    said.put(
                            "missing_profile",
                            said.get("missing_profile").equals("fail") ? "ignore" : "fail");
            default -> {
                return builder.with(
                        randomValueOtherThan(
                                builder.resolved(), () -> Optional.of(PersonalizationTests.any())),
                        Optional.empty());
            }
        }
        return parse(window, said).with(builder.resolved(), Optional.empty());
    }

    public void testWhatIsPrintedParsesToTheSame() throws IOException {
        for (int i = 0; i < NUMBER_OF_TEST_RUNS; i++) {
            PersonalizeRescorerBuilder builder =
                    createTestInstance().with(Optional.empty(), Optional.empty());

            assertEquals(builder, parse(Strings.toString(builder)));
        }
    }

    public void testWhatIsNotSaidIsAsDocumented() throws IOException {
        PersonalizeRescorerBuilder builder = parse("{\"personalize\": {\"user\": \"u1\"}}");

        assertEquals(Integer.valueOf(200), builder.windowSize());
        assertEquals(
                Map.of("user", "u1", "model", "default", "missing_profile", "ignore"),
                said(builder));
    }

    public void testAnUnknownFieldIsRefusedWithTheNearestKnownOne() {
        assertRefused("{\"user\": \"u1\", \"modle\": \"m\"}", "[modle] did you mean [model]?");
    }

    public void testAUserMustBeNamed() {
        assertRefused("{}", "Required one of fields [user]");
        assertRefused("{\"user\": \"\"}", "[user] must not be empty");
        assertRefused("{\"user\": {}}", "user doesn't support values of type: START_OBJECT");
    }

    public void testWhatToDoWithoutAProfileIsOneOfTwo() {
        assertRefused(
                "{\"user\": \"u1\", \"missing_profile\": \"skip\"}",
                "[missing_profile] must be [ignore] or [fail], was [skip]");
    }

    private void assertRefused(String personalize, String why) {
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> parse("{\"personalize\": " + personalize + "}"));
        StringBuilder said = new StringBuilder();
        for (Throwable t = e; t != null; t = t.getCause()) {
            said.append(t.getMessage()).append('\n');
        }
        assertTrue(said.toString(), said.toString().contains(why));
    }

    public void testAWindowSmallerThanThePageIsRefusedWithBothNumbers() throws IOException {
        int from = between(0, 100);
        int size = between(1, 100);
        SearchSourceBuilder page = new SearchSourceBuilder().from(from).size(size);
        PersonalizeRescorerBuilder builder = parse(from + size - 1, Map.of("user", "u1"));

        ActionRequestValidationException e = builder.validate(page, null);

        assertEquals(
                List.of(
                        "[window_size] must be at least [from + size] = "
                                + (from + size)
                                + " with [personalize], was "
                                + (from + size - 1)),
                e.validationErrors());
        assertNull(builder.windowSize(from + size).validate(page, null));
    }

    public void testAPageThatIsNotSaidIsTheFirstTen() throws IOException {
        SearchSourceBuilder page = new SearchSourceBuilder();

        assertNotNull(parse(9, Map.of("user", "u1")).validate(page, null));
        assertNull(parse(10, Map.of("user", "u1")).validate(page, null));
    }
}
