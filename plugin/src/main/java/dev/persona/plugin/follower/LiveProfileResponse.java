package dev.persona.plugin.follower;

import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.seqno.SequenceNumbers;

import java.io.IOException;
import java.util.Objects;

/** A profile that is ahead of its stored document, or that none is. */
public final class LiveProfileResponse extends ActionResponse {
    static final LiveProfileResponse NONE =
            new LiveProfileResponse(
                    SequenceNumbers.UNASSIGNED_SEQ_NO,
                    SequenceNumbers.UNASSIGNED_PRIMARY_TERM,
                    BytesArray.EMPTY);

    private final long baseSeqNo;
    private final long basePrimaryTerm;
    private final BytesReference source;

    LiveProfileResponse(LiveProfiles.Ahead ahead) {
        this(ahead.baseSeqNo(), ahead.basePrimaryTerm(), new BytesArray(ahead.source()));
    }

    private LiveProfileResponse(long baseSeqNo, long basePrimaryTerm, BytesReference source) {
        this.baseSeqNo = baseSeqNo;
        this.basePrimaryTerm = basePrimaryTerm;
        this.source = source;
    }

    /** Reads what {@link #writeTo} wrote. */
    public LiveProfileResponse(StreamInput in) throws IOException {
        this.baseSeqNo = in.readZLong();
        this.basePrimaryTerm = in.readVLong();
        this.source = in.readBytesReference();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeZLong(baseSeqNo);
        out.writeVLong(basePrimaryTerm);
        out.writeBytesReference(source);
    }

    /** Whether there is one. */
    boolean isAhead() {
        return source.length() > 0;
    }

    /** Whether it goes on from a document with that last write. */
    boolean goesOnFrom(long seqNo, long primaryTerm) {
        return baseSeqNo == seqNo && basePrimaryTerm == primaryTerm;
    }

    /** The document as it will be stored. */
    BytesReference source() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LiveProfileResponse that
                && baseSeqNo == that.baseSeqNo
                && basePrimaryTerm == that.basePrimaryTerm
                && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(baseSeqNo, basePrimaryTerm, source);
    }
}
