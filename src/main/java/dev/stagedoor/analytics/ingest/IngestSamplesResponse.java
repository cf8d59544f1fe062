package dev.stagedoor.analytics.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stagedoor.platform.http.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a batch.
 *
 * @param accepted how many samples are stored, those that were before among them
 * @param problems why the others are not; absent where all are
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record IngestSamplesResponse(
        @Schema(required = true, examples = "100") int accepted, List<SampleProblem> problems) {

    /** Why one sample is not stored: a problem of RFC 9457, with the place of the sample in the batch, from 0. */
    @RegisterForReflection
    @Schema(name = "SampleProblem")
    record SampleProblem(
            @Schema(required = true, examples = "17") int index,

            @Schema(required = true, examples = "urn:stagedoor:problem:invalid-sample")
            String type,

            @Schema(required = true, examples = "viewerCount must be an integer from 0 to 2147483647")
            String detail) {

        private static SampleProblem of(Refusal refusal) {
            return new SampleProblem(
                    refusal.index(), Problem.type(refusal.reason().code()), refusal.detail());
        }
    }

    static IngestSamplesResponse of(int accepted, List<Refusal> refusals) {
        return new IngestSamplesResponse(
                accepted, refusals.stream().map(SampleProblem::of).toList());
    }

    boolean isComplete() {
        return problems.isEmpty();
    }
}
