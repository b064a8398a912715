package io.ghostworks.wire.otlp.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * How names of OpenTelemetry become names of Prometheus; the names are those of Prometheus's {@code
 * otlp.translation_strategy}.
 */
public enum TranslationStrategy {
  /** Characters outside the legacy set become underscores; units and types become suffixes. */
  UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
  /** Characters outside the legacy set become underscores; no suffixes. */
  UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", true, false),
  /** Names keep their characters; units and types become suffixes. */
  NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
  /** Names stay as they are. */
  NO_TRANSLATION("NoTranslation", false, false);

  private final String word;
  private final boolean escapes;
  private final boolean suffixes;

  TranslationStrategy(String word, boolean escapes, boolean suffixes) {
    this.word = word;
    this.escapes = escapes;
    this.suffixes = suffixes;
  }

  /** The strategy of a word in configuration. */
  public static Optional<TranslationStrategy> find(String word) {
    return Arrays.stream(values()).filter(strategy -> strategy.word.equals(word)).findFirst();
  }

  /** The word in configuration. */
  public String word() {
    return word;
  }

  /** Whether characters outside the legacy set become underscores. */
  public boolean escapes() {
    return escapes;
  }

  boolean addsSuffixes() {
    return suffixes;
  }
}
