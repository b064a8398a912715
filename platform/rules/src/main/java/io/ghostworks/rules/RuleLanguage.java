package io.ghostworks.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which language the expressions of a rule file are written; a file has one. */
public enum RuleLanguage {
  /** Prometheus's: rules about series. */
  PROMQL,
  /** Loki's: rules about log records. */
  LOGQL,
  /** Tempo's: rules about spans. */
  TRACEQL;

  /** Its word in files, keys and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RuleLanguage> find(String word) {
    return Arrays.stream(values()).filter(language -> language.word().equals(word)).findFirst();
  }
}
