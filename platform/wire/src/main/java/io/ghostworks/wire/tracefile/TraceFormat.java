package io.ghostworks.wire.tracefile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which traces are downloaded, all of them JSON. */
public enum TraceFormat {
  /** {@code TracesData}. */
  OTLP,
  /** As Jaeger's query API answers and its UI opens. */
  JAEGER,
  /** A list of spans of version 2. */
  ZIPKIN;

  /** The word in parameters and file names. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TraceFormat> find(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }
}
