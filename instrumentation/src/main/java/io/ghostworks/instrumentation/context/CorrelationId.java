package io.ghostworks.instrumentation.context;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides the correlation id of a request: the caller's {@code X-Request-ID} where it is harmless,
 * a new one otherwise.
 *
 * <p>Harmless is 1 to 128 characters of {@code [A-Za-z0-9._:+/=-]}, so that a header cannot write
 * into logs or markup.
 */
public final class CorrelationId {
  /** The header in which the id comes in and goes out. */
  public static final String HEADER = "X-Request-ID";

  private static final int LENGTH_MAX = 128;
  private static final String PUNCTUATION = "._:+/=-";

  private final Supplier<String> generator;

  /** Makes random UUIDs where the caller brings no id. */
  public CorrelationId() {
    this(() -> UUID.randomUUID().toString());
  }

  /** Takes new ids from a generator, which must give harmless ones. */
  public CorrelationId(Supplier<String> generator) {
    this.generator = generator;
  }

  /** The id for a request that came with this header value, or with none. */
  public String of(@Nullable String header) {
    return header != null && isHarmless(header) ? header : generator.get();
  }

  private static boolean isHarmless(String id) {
    if (id.isEmpty() || id.length() > LENGTH_MAX) {
      return false;
    }
    return id.chars()
        .allMatch(c ->
            (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || PUNCTUATION.indexOf(c) >= 0);
  }
}
