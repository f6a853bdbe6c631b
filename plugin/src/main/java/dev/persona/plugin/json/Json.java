package dev.persona.plugin.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.smile.SmileConstants;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;

import dev.persona.profiling.json.InvalidFieldException;

import org.apache.lucene.util.BytesRef;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.rest.RestStatus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes JSON trees as the bytes that Elasticsearch carries. */
public final class Json {
    private static final ObjectMapper MAPPER = mapper(JsonFactory.builder());
    private static final ObjectReader READER = reader(MAPPER);

    /**
     * JSON in binary form (Smile format specification 1.0.4): numbers need no decimal digits, and
     * names are not repeated. Elasticsearch stores it as it is and shows it to callers as text.
     */
    private static final ObjectMapper SMILE = mapper(SmileFactory.builder());

    private static final ObjectReader SMILE_READER = reader(SMILE);

    private static final int FIRST_BYTES = 4096;

    private Json() {}

    /** User and item ids are field names here, more than are worth keeping as symbols for ever. */
    private static ObjectMapper mapper(TSFBuilder<?, ?> factory) {
        return new ObjectMapper(
                factory.disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                        .build());
    }

    private static ObjectReader reader(ObjectMapper mapper) {
        return mapper.readerFor(JsonNode.class)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Reads a body that a caller sent; no body counts as an empty object.
     *
     * @throws InvalidFieldException when it is not JSON
     */
    public static JsonNode readBody(BytesReference bytes) {
        if (bytes.length() == 0) {
            return MAPPER.createObjectNode();
        }
        BytesRef ref = bytes.toBytesRef();
        try {
            return READER.readTree(ref.bytes, ref.offset, ref.length);
        } catch (JsonProcessingException e) {
            throw new InvalidFieldException("body", "is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what Persona has stored itself, as text or as Smile. */
    public static JsonNode readStored(BytesReference bytes) {
        BytesRef ref = bytes.toBytesRef();
        try {
            return (isSmile(ref) ? SMILE_READER : READER)
                    .readTree(ref.bytes, ref.offset, ref.length);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored document is not valid JSON", e);
        }
    }

    private static boolean isSmile(BytesRef ref) {
        return ref.length > 0 && ref.bytes[ref.offset] == SmileConstants.HEADER_BYTE_1;
    }

    /**
     * Reads one array of texts of an object that Persona has stored itself, without making a tree
     * of the rest; none when there is no such array.
     */
    public static List<String> storedTexts(BytesReference bytes, String field) {
        BytesRef ref = bytes.toBytesRef();
        try (JsonParser json =
                (isSmile(ref) ? SMILE : MAPPER).createParser(ref.bytes, ref.offset, ref.length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals(field);
                if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
                    return texts(json);
                }
                json.skipChildren();
            }
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("a stored document is not valid JSON", e);
        }
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(json.getText());
        }
        return texts;
    }

    /** Reads text that Persona has written itself. */
    public static JsonNode readText(String text) {
        try {
            return READER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored text is not valid JSON", e);
        }
    }

    /** Reads a file of config/, which is packed into the plugin. */
    public static JsonNode config(String name) {
        try (InputStream in =
                Json.class.getResourceAsStream("/dev/persona/plugin/config/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the plugin lacks its file " + name);
            }
            return READER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** Writes a tree as UTF-8. */
    public static byte[] bytes(JsonNode json) {
        return bytes(MAPPER, json);
    }

    /** Writes a tree as Smile. */
    public static byte[] smile(JsonNode json) {
        return bytes(SMILE, json);
    }

    private static byte[] bytes(ObjectMapper mapper, JsonNode json) {
        try {
            return mapper.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
    }

    /** Writes JSON without a tree. */
    @FunctionalInterface
    public interface Writing {
        /** Writes one value. */
        void to(JsonGenerator json) throws IOException;
    }

    /** Writes as UTF-8 what something writes. */
    public static byte[] bytes(Writing writing) {
        return bytes(MAPPER, writing);
    }

    /** Writes as Smile what something writes. */
    public static byte[] smile(Writing writing) {
        return bytes(SMILE, writing);
    }

    private static byte[] bytes(ObjectMapper mapper, Writing writing) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(FIRST_BYTES);
        try (JsonGenerator json = mapper.createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** The 400 that tells a caller which field is wrong. */
    public static ElasticsearchStatusException badRequest(InvalidFieldException e) {
        return new ElasticsearchStatusException(e.getMessage(), RestStatus.BAD_REQUEST, e);
    }
}
