package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.List;

/**
 * One delete: hides the samples of a tenant's series that fulfil all matchers, in a range, in rows
 * of earlier frames.
 *
 * <pre>
 * tombstone := tenant:string startMs:i64 endMs:i64 createdMs:i64 matchers:varint matcher[matchers]
 * matcher   := type:u8 label:string value:string        // 0 =, 1 !=, 2 =~, 3 !~
 * string    := length:varint utf8
 * </pre>
 *
 * @param sequence of the frame that deletes
 * @param startMs of the oldest sample deleted
 * @param endMs of the newest sample deleted
 * @param createdMs when it was asked for
 */
record Tombstone(
    long sequence,
    TenantId tenant,
    List<LabelMatcher> matchers,
    long startMs,
    long endMs,
    long createdMs) {
  private static final int EQUAL = 0;
  private static final int NOT_EQUAL = 1;
  private static final int MATCHES = 2;
  private static final int NOT_MATCHES = 3;

  Tombstone {
    matchers = List.copyOf(matchers);
  }

  Tombstone withSequence(long newSequence) {
    return new Tombstone(newSequence, tenant, matchers, startMs, endMs, createdMs);
  }

  /** Whether it is about times between these, both inclusive. */
  boolean overlaps(long fromMs, long throughMs) {
    return startMs <= throughMs && endMs >= fromMs;
  }

  /** Writes all but the sequence. */
  void write(BytesOutput out) {
    out.putString(tenant.value());
    out.putLong(startMs);
    out.putLong(endMs);
    out.putLong(createdMs);
    out.putVarint(matchers.size());
    for (LabelMatcher matcher : matchers) {
      switch (matcher) {
        case LabelMatcher.Equal m -> write(out, EQUAL, m.label(), m.value());
        case LabelMatcher.NotEqual m -> write(out, NOT_EQUAL, m.label(), m.value());
        case LabelMatcher.Matches m -> write(out, MATCHES, m.label(), m.regex().source());
        case LabelMatcher.NotMatches m -> write(out, NOT_MATCHES, m.label(), m.regex().source());
      }
    }
  }

  /** Reads what was written. */
  static Tombstone read(long sequence, BytesInput in) throws DamagedDataException {
    TenantId tenant = FrameCodec.tenant(in.getString());
    long startMs = in.getLong();
    long endMs = in.getLong();
    long createdMs = in.getLong();
    List<LabelMatcher> matchers = new ArrayList<>();
    for (int left = in.getVarint(in.remaining()); left > 0; left--) {
      matchers.add(matcher(in));
    }
    return new Tombstone(sequence, tenant, matchers, startMs, endMs, createdMs);
  }

  private static void write(BytesOutput out, int type, String label, String value) {
    out.putByte(type);
    out.putString(label);
    out.putString(value);
  }

  private static LabelMatcher matcher(BytesInput in) throws DamagedDataException {
    int type = in.getByte();
    String label = in.getString();
    String value = in.getString();
    return switch (type) {
      case EQUAL -> new LabelMatcher.Equal(label, value);
      case NOT_EQUAL -> new LabelMatcher.NotEqual(label, value);
      case MATCHES -> new LabelMatcher.Matches(label, regex(value));
      case NOT_MATCHES -> new LabelMatcher.NotMatches(label, regex(value));
      default ->
          throw new DamagedDataException("a matcher's type must be 0 to 3, got %d".formatted(type));
    };
  }

  private static AnchoredRegex regex(String source) throws DamagedDataException {
    try {
      return AnchoredRegex.compile(source);
    } catch (IllegalArgumentException e) {
      throw new DamagedDataException(
          "a matcher's expression must compile, got '%s'".formatted(source), e);
    }
  }
}
