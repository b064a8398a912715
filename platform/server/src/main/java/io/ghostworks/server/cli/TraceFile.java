package io.ghostworks.server.cli;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.jaeger.json.JaegerJson;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.zipkin.ZipkinDecoder;
import io.ghostworks.wire.zipkin.ZipkinVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file with spans as JSON of OTLP, Jaeger or Zipkin, whichever it is. */
final class TraceFile {
  private static final long BYTES_MAX = 1L << 30;

  private TraceFile() {}

  /**
   * @throws IOException if the file cannot be read, or holds no spans in a form that is known
   */
  static SpanBatch read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException("a trace's file may have %d bytes at most".formatted(BYTES_MAX));
    }
    byte[] body = Files.readAllBytes(file);
    try {
      Decoded<SpanBatch> decoded = decode(body);
      if (decoded.batch().rows() == 0) {
        throw new IOException("no span is in it");
      }
      return decoded.batch();
    } catch (WireFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Decoded<SpanBatch> decode(byte[] body) throws IOException {
    // Which form it is tells the first of its keys that only one of them has.
    String start = new String(body, 0, Math.min(body.length, 1 << 16), StandardCharsets.UTF_8);
    if (start.contains("\"resourceSpans\"")) {
      return new OtlpDecoder(OtlpLimits.DEFAULT).traces(OtlpEncoding.JSON, body, 0, body.length);
    }
    if (start.contains("\"traceID\"")) {
      return JaegerJson.read(body, 0, body.length);
    }
    if (start.stripLeading().startsWith("[") && start.contains("\"traceId\"")) {
      return new ZipkinDecoder(OtlpLimits.DEFAULT, false)
          .json(ZipkinVersion.EITHER, body, 0, body.length, Clock.system().epochNanos());
    }
    throw new IOException("it must be a trace as JSON of OTLP, Jaeger or Zipkin");
  }
}
