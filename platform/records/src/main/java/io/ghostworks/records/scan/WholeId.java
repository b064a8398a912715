package io.ghostworks.records.scan;

import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/** Whole ids that filters want, so that they are compared as numbers and not as texts. */
final class WholeId {

  private static final HexFormat HEX = HexFormat.of();
  private static final int SPAN_DIGITS = 16;

  private WholeId() {}

  /** The trace id that the compared field must be equal to, where the filter names a whole one. */
  static Optional<TraceKey> trace(Filter filter) {
    return wanted(filter).flatMap(TraceKey::ofWholeHex);
  }

  /** The span id that the compared field must be equal to, likewise. */
  static OptionalLong span(Filter filter) {
    String text = wanted(filter).orElse("");
    if (text.length() != SPAN_DIGITS || !text.chars().allMatch(HexFormat::isHexDigit)) {
      return OptionalLong.empty();
    }
    long id = HexFormat.fromHexDigitsToLong(text);
    return HEX.toHexDigits(id).equals(text) ? OptionalLong.of(id) : OptionalLong.empty();
  }

  private static Optional<String> wanted(Filter filter) {
    return filter instanceof Filter.Compare compare
            && compare.operator() == Filter.Operator.EQUAL
            && compare.literal() instanceof Filter.Literal.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
