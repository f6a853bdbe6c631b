package dev.persona.plugin.rest;

import dev.persona.plugin.privacy.ExportProfileAction;
import dev.persona.plugin.privacy.ExportRequest;
import dev.persona.plugin.privacy.ExportResponse;

import org.apache.lucene.util.BytesRef;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.bytes.ReleasableBytesReference;
import org.elasticsearch.common.recycler.Recycler;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.ChunkedRestResponseBodyPart;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestActionListener;

import java.util.List;

/**
 * Everything that is stored of a user as newline-delimited JSON, sent page by page as it is read,
 * so that however much it is, one page is in memory.
 */
public final class RestExport extends BaseRestHandler {
    private static final String NDJSON = "application/x-ndjson";

    private final Route route;

    /** The call at a path that names index and user. */
    RestExport(Route route) {
        this.route = route;
    }

    @Override
    public String getName() {
        return "persona_export_profile";
    }

    @Override
    public List<Route> routes() {
        return List.of(route);
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest http, NodeClient client) {
        ExportRequest request = new ExportRequest(http.param("index"), http.param("user"));
        return channel ->
                client.execute(
                        ExportProfileAction.TYPE,
                        request,
                        new RestActionListener<ExportResponse>(channel) {
                            @Override
                            protected void processResponse(ExportResponse first) {
                                channel.sendResponse(
                                        RestResponse.chunked(
                                                RestStatus.OK,
                                                new Page(client, request, first),
                                                null));
                            }
                        });
    }

    /** One page of the body; the next is read when this one is sent. */
    private static final class Page implements ChunkedRestResponseBodyPart {
        private final NodeClient client;
        private final ExportRequest request;
        private final ExportResponse page;
        private boolean sent;

        Page(NodeClient client, ExportRequest request, ExportResponse page) {
            this.client = client;
            this.request = request;
            this.page = page;
        }

        @Override
        public boolean isPartComplete() {
            return sent;
        }

        @Override
        public boolean isLastPart() {
            return page.after().isEmpty();
        }

        @Override
        public void getNextPart(ActionListener<ChunkedRestResponseBodyPart> listener) {
            client.execute(
                    ExportProfileAction.TYPE,
                    request.from(page.after().orElseThrow()),
                    listener.map(next -> new Page(client, request, next)));
        }

        @Override
        public ReleasableBytesReference encodeChunk(int sizeHint, Recycler<BytesRef> recycler) {
            sent = true;
            return ReleasableBytesReference.wrap(page.lines());
        }

        @Override
        public String getResponseContentTypeString() {
            return NDJSON;
        }
    }
}
