package dev.persona.plugin.profile;

import dev.persona.plugin.catalog.CompanionIndices;
import dev.persona.profiling.profile.ProfileRules;

import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.index.seqno.SequenceNumbers;
import org.elasticsearch.xcontent.XContentType;

/**
 * A profile document with the place of its last write, by which the next one notices if somebody
 * else has written it meanwhile.
 *
 * @param document what is stored, or an empty one
 * @param seqNo of its last write; unassigned when it is not there
 * @param primaryTerm of its last write
 */
public record StoredProfile(ProfileDocument document, long seqNo, long primaryTerm) {

    /** One that is not there. */
    public static StoredProfile absent(ProfileRules rules) {
        return new StoredProfile(
                ProfileDocument.empty(rules),
                SequenceNumbers.UNASSIGNED_SEQ_NO,
                SequenceNumbers.UNASSIGNED_PRIMARY_TERM);
    }

    /** What a get has found. */
    public static StoredProfile of(GetResponse found, ProfileRules rules) {
        return found.isExists()
                ? new StoredProfile(
                        ProfileDocument.read(found.getSourceAsBytesRef(), rules),
                        found.getSeqNo(),
                        found.getPrimaryTerm())
                : absent(rules);
    }

    /** Whether there is a document. */
    public boolean exists() {
        return seqNo != SequenceNumbers.UNASSIGNED_SEQ_NO;
    }

    /**
     * The request that puts another document in its place; a conflict when this is not what is
     * stored any more.
     *
     * @param source of the other document
     */
    public IndexRequest replace(String catalog, String user, byte[] source) {
        IndexRequest request =
                CompanionIndices.write(CompanionIndices.profiles(catalog), user)
                        .source(source, XContentType.SMILE);
        if (exists()) {
            return request.setIfSeqNo(seqNo).setIfPrimaryTerm(primaryTerm);
        }
        return request.opType(DocWriteRequest.OpType.CREATE);
    }
}
