package io.ghostworks.wire.otlp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.model.Rejection;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of answers: an export response, with a partial success where rows were refused, and
 * {@code google.rpc.Status} for errors.
 *
 * <p>Source: OTLP specification, "Partial Success" and "Failures"; google/rpc/status.proto and
 * error_details.proto.
 */
public final class OtlpResponses {
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a response counts: its name for the number of refused rows. */
  public enum Signal {
    TRACES("rejectedSpans"),
    METRICS("rejectedDataPoints"),
    LOGS("rejectedLogRecords");

    private final String rejected;

    Signal(String rejected) {
      this.rejected = rejected;
    }
  }

  private OtlpResponses() {}

  /** An export response; empty where no row was refused. */
  public static byte[] success(OtlpEncoding encoding, Signal signal, List<Rejection> rejections) {
    long rows = rejections.stream().mapToLong(Rejection::rows).sum();
    String message = message(rejections);
    return switch (encoding) {
      case PROTOBUF -> {
        ProtoWriter out = new ProtoWriter(64);
        if (rows > 0) {
          int start = out.begin(1);
          out.uint(1, rows);
          out.text(2, message);
          out.end(start);
        }
        yield out.toByteArray();
      }
      case JSON -> {
        ObjectNode root = JSON.createObjectNode();
        if (rows > 0) {
          root.putObject("partialSuccess")
              .put(signal.rejected, Long.toString(rows))
              .put("errorMessage", message);
        }
        yield bytes(root);
      }
    };
  }

  /** Each reason with its rows and first example, in one line. */
  public static String message(List<Rejection> rejections) {
    StringBuilder out = new StringBuilder();
    for (Rejection rejection : rejections) {
      out.append(out.isEmpty() ? "" : "; ")
          .append(rejection.rows())
          .append(' ')
          .append(rejection.reason().label())
          .append(": ")
          .append(rejection.example());
    }
    return out.toString();
  }

  /**
   * A {@code google.rpc.Status}.
   *
   * @param code of {@code google.rpc.Code}
   * @param retryAfter for a {@code RetryInfo} in the details, or null
   */
  public static byte[] status(
      OtlpEncoding encoding, int code, String message, @Nullable Duration retryAfter) {
    return switch (encoding) {
      case PROTOBUF -> {
        ProtoWriter out = new ProtoWriter(64);
        out.uint(1, code);
        out.text(2, message);
        if (retryAfter != null) {
          int any = out.begin(3);
          out.text(1, RETRY_INFO);
          int info = out.begin(2);
          int delay = out.begin(1);
          out.uint(1, retryAfter.getSeconds());
          out.uint(2, retryAfter.getNano());
          out.end(delay);
          out.end(info);
          out.end(any);
        }
        yield out.toByteArray();
      }
      case JSON -> {
        ObjectNode root = JSON.createObjectNode().put("code", code).put("message", message);
        if (retryAfter != null) {
          root.putArray("details")
              .addObject()
              .put("@type", RETRY_INFO)
              .put("retryDelay", seconds(retryAfter));
        }
        yield bytes(root);
      }
    };
  }

  /** A duration as ProtoJSON has it: seconds with a decimal fraction, and {@code s}. */
  private static String seconds(Duration duration) {
    String digits =
        java.math.BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    return digits + "s";
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Writing to memory does not fail.
    }
  }
}
