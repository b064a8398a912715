package io.ghostworks.wire.loki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ghostworks.model.label.Labels;
import io.ghostworks.wire.JsonMistake;
import io.ghostworks.wire.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a push request in JSON, of either form:
 *
 * <pre>
 * {"streams": [{"stream": {labels}, "values": [[nanos, line, {metadata}]]}]}
 * {"streams": [{"labels": "{labels}", "entries": [{"ts": RFC 3339, "line": line, "structuredMetadata": {metadata}}]}]}
 * </pre>
 *
 * A stream's entries wait for its labels where they come first. As in Loki, what is null is left
 * out, a value may lack its line, and what follows the metadata is passed over.
 */
final class LokiJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(64 << 20).build())
          .build();

  private final LokiPushDecoder.Pushed pushed;
  private final boolean legacy;

  /** An entry that is read before its stream's labels. */
  private record Entry(long nanos, byte[] line, List<String> metadata) {}

  /**
   * @param legacy whether the second form is read, that of {@code /api/prom/push}
   */
  LokiJson(LokiPushDecoder.Pushed pushed, boolean legacy) {
    this.pushed = pushed;
    this.legacy = legacy;
  }

  void read(byte[] body, int offset, int length) {
    try (JsonParser parser = JSON.createParser(body, offset, length)) {
      request(parser);
    } catch (JsonProcessingException e) {
      throw new WireFormatException(
          "malformed JSON: " + JsonMistake.text(e),
          e.getLocation() == null ? WireFormatException.NOWHERE : e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw new WireFormatException("malformed JSON: " + e.getMessage(), e);
    }
  }

  private void request(JsonParser parser) throws IOException {
    expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean streams = parser.currentName().equalsIgnoreCase("streams");
      JsonToken token = parser.nextToken();
      if (!streams || token == JsonToken.VALUE_NULL) {
        parser.skipChildren();
        continue;
      }
      expect(parser, token, JsonToken.START_ARRAY, "a list of streams");
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          stream(parser);
        }
      }
    }
  }

  private void stream(JsonParser parser) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_OBJECT, "a stream");
    boolean begun = false;
    List<Entry> waiting = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (field.equals(legacy ? "labels" : "stream")) {
        pushed.stream(
            legacy
                ? StreamLabels.parse(text(parser, "the labels of a stream"))
                : labels(parser, token));
        begun = true;
      } else if (field.equals(legacy ? "entries" : "values")) {
        if (token != JsonToken.VALUE_NULL) {
          entries(parser, token, begun ? null : waiting);
        }
      } else {
        parser.skipChildren();
      }
    }
    if (!begun) {
      pushed.stream(StreamLabels.parse(""));
    }
    waiting.forEach(this::push);
  }

  private static Labels.Builder labels(JsonParser parser, JsonToken token) throws IOException {
    Labels.Builder labels = Labels.builder();
    expect(parser, token, JsonToken.START_OBJECT, "the labels of a stream");
    int count = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (++count > StreamLabels.LABELS_MAX) {
        throw StreamLabels.tooMany();
      }
      String name = parser.currentName();
      if (!parser.nextToken().isScalarValue()) {
        throw malformed(parser, "a label's value");
      }
      labels.set(name, parser.getText());
    }
    return StreamLabels.checked(labels);
  }

  private void entries(JsonParser parser, JsonToken token, @Nullable List<Entry> waiting)
      throws IOException {
    expect(parser, token, JsonToken.START_ARRAY, "a list of values");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      Entry entry = legacy ? legacyEntry(parser) : entry(parser);
      if (waiting == null) {
        push(entry);
      } else {
        waiting.add(entry);
      }
    }
  }

  private void push(Entry entry) {
    for (int i = 0; i < entry.metadata.size(); i += 2) {
      pushed.metadata(entry.metadata.get(i), entry.metadata.get(i + 1));
    }
    pushed.entry(entry.nanos, entry.line, 0, entry.line.length);
  }

  private static Entry entry(JsonParser parser) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_ARRAY, "a value");
    long nanos = LokiPushDecoder.NO_TIME;
    byte[] line = new byte[0];
    List<String> metadata = List.of();
    int place = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      switch (place++) {
        case 0 -> nanos = nanos(parser);
        case 1 -> line = text(parser, "a line").getBytes(StandardCharsets.UTF_8);
        case 2 -> metadata = metadata(parser);
        default -> parser.skipChildren();
      }
    }
    return new Entry(nanos, line, metadata);
  }

  private static Entry legacyEntry(JsonParser parser) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_OBJECT, "an entry");
    long nanos = LokiPushDecoder.NO_TIME;
    byte[] line = new byte[0];
    List<String> metadata = List.of();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "ts" -> nanos = time(parser);
        case "line" -> line = text(parser, "a line").getBytes(StandardCharsets.UTF_8);
        case "structuredMetadata" -> metadata = metadata(parser);
        default -> parser.skipChildren();
      }
    }
    return new Entry(nanos, line, metadata);
  }

  private static List<String> metadata(JsonParser parser) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_OBJECT, "structured metadata");
    List<String> metadata = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      metadata.add(parser.currentName());
      parser.nextToken();
      metadata.add(text(parser, "structured metadata"));
    }
    return metadata;
  }

  private static long nanos(JsonParser parser) throws IOException {
    try {
      return Long.parseLong(text(parser, "a timestamp in nanoseconds, as a string"));
    } catch (NumberFormatException e) {
      throw malformed(parser, "a timestamp in nanoseconds, as a string");
    }
  }

  private static long time(JsonParser parser) throws IOException {
    try {
      Instant time = OffsetDateTime.parse(text(parser, "a time of RFC 3339")).toInstant();
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw malformed(parser, "a time of RFC 3339");
    }
  }

  private static String text(JsonParser parser, String what) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.VALUE_STRING, what);
    return parser.getText();
  }

  private static void expect(
      JsonParser parser, @Nullable JsonToken got, JsonToken wanted, String what) {
    if (got != wanted) {
      throw malformed(parser, what);
    }
  }

  private static WireFormatException malformed(JsonParser parser, String what) {
    return new WireFormatException(
        "malformed push request: expected " + what, parser.currentTokenLocation().getByteOffset());
  }
}
