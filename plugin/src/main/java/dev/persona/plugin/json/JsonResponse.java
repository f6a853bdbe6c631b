package dev.persona.plugin.json;

import com.fasterxml.jackson.databind.JsonNode;

import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentType;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** An answer that is a JSON object with an HTTP status. */
public final class JsonResponse extends ActionResponse implements ToXContentObject {
    private final RestStatus status;
    private final BytesReference bytes;

    /** An answer with status 200. */
    public JsonResponse(JsonNode json) {
        this(RestStatus.OK, json);
    }

    /** An answer with a status of its own. */
    public JsonResponse(RestStatus status, JsonNode json) {
        this.status = status;
        this.bytes = new BytesArray(Json.bytes(json));
    }

    /** Reads what {@link #writeTo} wrote. */
    public JsonResponse(StreamInput in) throws IOException {
        this.status = RestStatus.readFrom(in);
        this.bytes = in.readBytesReference();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        RestStatus.writeTo(out, status);
        out.writeBytesReference(bytes);
    }

    /** The HTTP status. */
    public RestStatus status() {
        return status;
    }

    /** The object. */
    public JsonNode json() {
        return Json.readStored(bytes);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        // Bytes as they are where the caller takes JSON as it is.
        try (InputStream json = bytes.streamInput()) {
            return builder.rawValue(json, XContentType.JSON);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonResponse that
                && status == that.status
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, bytes);
    }
}
