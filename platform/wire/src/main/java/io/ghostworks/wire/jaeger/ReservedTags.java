package io.ghostworks.wire.jaeger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of tags that mean more than an attribute, numbered. Told by length first, so that most
 * keys are not compared.
 *
 * <p>Source: opentelemetry-collector-contrib pkg/translator/jaeger; OpenTelemetry specification,
 * "OpenTelemetry to Jaeger Transformation".
 */
final class ReservedTags {

  static final int NONE = -1;
  static final int SPAN_KIND = 0;
  static final int ERROR = 1;
  static final int STATUS_CODE = 2;
  static final int STATUS_DESCRIPTION = 3;
  static final int HTTP_STATUS_CODE = 4;
  static final int HTTP_STATUS_MESSAGE = 5;
  static final int TRACE_STATE = 6;
  static final int LIBRARY_NAME = 7;
  static final int LIBRARY_VERSION = 8;
  static final int SCOPE_NAME = 9;
  static final int SCOPE_VERSION = 10;
  static final int EVENT = 11;
  static final int HOSTNAME = 12;
  static final int HOST_NAME = 13;
  static final int JAEGER_VERSION = 14;
  static final int EXPORTER_VERSION = 15;
  static final int COUNT = 16;

  /** The keys by their numbers. */
  private static final byte[][] KEYS =
      Arrays.stream(
              new String[] {
                "span.kind",
                "error",
                "otel.status_code",
                "otel.status_description",
                "http.status_code",
                "http.status_message",
                "w3c.tracestate",
                "otel.library.name",
                "otel.library.version",
                "otel.scope.name",
                "otel.scope.version",
                "event",
                "hostname",
                "host.name",
                "jaeger.version",
                "opencensus.exporterversion"
              })
          .map(key -> key.getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);

  private ReservedTags() {}

  /** The bytes of a key. */
  static byte[] key(int number) {
    return KEYS[number];
  }

  /** The number of a key, or {@link #NONE}. */
  static int of(byte[] bytes, int offset, int length) {
    return switch (length) {
      case 5 -> either(bytes, offset, ERROR, EVENT);
      case 8 -> either(bytes, offset, HOSTNAME, HOSTNAME);
      case 9 -> either(bytes, offset, SPAN_KIND, HOST_NAME);
      case 14 -> either(bytes, offset, TRACE_STATE, JAEGER_VERSION);
      case 15 -> either(bytes, offset, SCOPE_NAME, SCOPE_NAME);
      case 16 -> either(bytes, offset, STATUS_CODE, HTTP_STATUS_CODE);
      case 17 -> either(bytes, offset, LIBRARY_NAME, LIBRARY_NAME);
      case 18 -> either(bytes, offset, SCOPE_VERSION, SCOPE_VERSION);
      case 19 -> either(bytes, offset, HTTP_STATUS_MESSAGE, HTTP_STATUS_MESSAGE);
      case 20 -> either(bytes, offset, LIBRARY_VERSION, LIBRARY_VERSION);
      case 23 -> either(bytes, offset, STATUS_DESCRIPTION, STATUS_DESCRIPTION);
      case 26 -> either(bytes, offset, EXPORTER_VERSION, EXPORTER_VERSION);
      default -> NONE;
    };
  }

  private static int either(byte[] bytes, int offset, int first, int second) {
    return is(bytes, offset, first) ? first : is(bytes, offset, second) ? second : NONE;
  }

  private static boolean is(byte[] bytes, int offset, int number) {
    byte[] key = KEYS[number];
    return Arrays.equals(bytes, offset, offset + key.length, key, 0, key.length);
  }
}
