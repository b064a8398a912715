package io.ghostworks.server.tempo.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.server.http.Views;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares two traces in the forms that Tempo has for that.
 *
 * <p>Source: Tempo's {@code pkg/model/tracediff}.
 */
public final class TraceDiff {

  /** What the patch inside a summary may have. */
  private static final int PATCH_BYTES_MAX = 64 * 1024;

  private TraceDiff() {}

  /** How differences are told. */
  public enum Format {
    /** Whole-trace facts and changed services, with the patch where it is small. */
    COMPOSED("trace-summary-v0-composed"),
    /** Every change of every span. */
    PATCH(TracePatch.VERSION),
    /** Whole-trace facts and changed services. */
    SUMMARY(TraceSummaryDiff.VERSION);

    private final String word;

    Format(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    public static Optional<Format> find(String word) {
      for (Format format : values()) {
        if (format.word.equals(word)) {
          return Optional.of(format);
        }
      }
      return Optional.empty();
    }
  }

  private record Composed(
      String version,
      TraceSummaryDiff summary,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable String patch,
      @Nullable Omitted patchOmitted) {}

  private record Omitted(int bytes, String reason) {}

  /**
   * The differences as JSON.
   *
   * @param memory told of the bytes that it is about to take; may refuse
   */
  public static byte[] json(SpanBatch base, SpanBatch compare, Format format, LongConsumer memory) {
    NormalTrace before = NormalTrace.of(base, "base", memory);
    NormalTrace after = NormalTrace.of(compare, "compare", memory);
    TracePatch patch = new TraceComparison(before, after).patch();
    return switch (format) {
      case PATCH -> Views.bytes(patch);
      case SUMMARY -> Views.bytes(TraceSummaryDiff.of(before, after, patch));
      case COMPOSED -> {
        byte[] bytes = Views.bytes(patch);
        boolean fits = bytes.length <= PATCH_BYTES_MAX;
        yield Views.bytes(
            new Composed(
                Format.COMPOSED.word(),
                TraceSummaryDiff.of(before, after, patch),
                fits ? new String(bytes, StandardCharsets.UTF_8) : null,
                fits ? null : new Omitted(bytes.length, "over_budget")));
      }
    };
  }
}
