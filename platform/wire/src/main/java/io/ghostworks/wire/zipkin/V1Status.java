package io.ghostworks.wire.zipkin;

import io.ghostworks.model.record.ValueColumn;
import org.jspecify.annotations.Nullable;

/**
 * The status of a span of version 1, gathered from its tags: a status of OpenCensus counts before
 * one of OpenTelemetry, that before an error, and that before an HTTP status code.
 *
 * <p>Source: the behaviour of opentelemetry-collector-contrib pkg/translator/zipkin/zipkinv1.
 */
final class V1Status {

  private static final int UNSET = 0;
  private static final int OK = 1;
  private static final int ERROR = 2;

  private @Nullable Integer census;
  private @Nullable Integer status;
  private @Nullable Integer http;
  private boolean error;
  private String censusMessage = "";
  private String statusMessage = "";
  private String httpMessage = "";

  /** Looks at a tag; true where it is the status only, and no attribute. */
  boolean take(V1Span.BinaryAnnotation tag) {
    return switch (tag.key()) {
      case "census.status_code" -> {
        Long code = number(tag);
        census = code == null ? census : Integer.valueOf(code == 0 ? OK : ERROR);
        yield true;
      }
      case "census.status_description", "opencensus.status_description" -> {
        censusMessage = text(tag);
        yield true;
      }
      case "otel.status_code" -> {
        status = code(tag);
        yield true;
      }
      case "otel.status_description" -> {
        statusMessage = text(tag);
        yield true;
      }
      case "error" -> {
        error = true;
        yield true;
      }
      case "http.status_code" -> {
        Long code = number(tag);
        http = code == null ? http : Integer.valueOf(code >= 100 && code < 400 ? UNSET : ERROR);
        yield false;
      }
      case "http.status_message" -> {
        httpMessage = text(tag);
        yield false;
      }
      default -> false;
    };
  }

  /** 0 to 2, as in OTLP. */
  int code() {
    if (census != null) {
      return census;
    }
    if (status != null) {
      return status;
    }
    return error ? ERROR : http != null ? http : UNSET;
  }

  String message() {
    if (census != null) {
      return censusMessage;
    }
    if (status != null) {
      return statusMessage;
    }
    if (error) {
      return censusMessage.isEmpty() ? statusMessage : censusMessage;
    }
    return http != null ? httpMessage : "";
  }

  private static String text(V1Span.BinaryAnnotation tag) {
    return tag.type() == ValueColumn.STRING ? tag.text() : "";
  }

  private static @Nullable Integer code(V1Span.BinaryAnnotation tag) {
    Long number = number(tag);
    if (number != null) {
      return number >= UNSET && number <= ERROR ? Integer.valueOf(number.intValue()) : null;
    }
    return switch (text(tag)) {
      case "OK" -> OK;
      case "ERROR" -> ERROR;
      default -> null;
    };
  }

  private static @Nullable Long number(V1Span.BinaryAnnotation tag) {
    if (tag.type() == ValueColumn.INT) {
      return tag.number();
    }
    try {
      return tag.type() == ValueColumn.STRING ? Long.valueOf(tag.text()) : null;
    } catch (NumberFormatException e) {
      return null; // A text that is no number says nothing of the status.
    }
  }
}
