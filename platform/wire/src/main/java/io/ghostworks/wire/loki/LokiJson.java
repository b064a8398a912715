package io.ghostworks.wire.loki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ghostworks.model.label.Labels;
import io.ghostworks.wire.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a push request in JSON: {@code {"streams": [{"stream": {labels}, "values": [[nanos, line,
 * {metadata}]]}]}}. A stream's values wait for its labels where they come first.
 */
final class LokiJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(16).maxStringLength(64 << 20).build())
          .build();

  private final LokiPushDecoder.Pushed pushed;

  /** An entry that is read before its stream's labels. */
  private record Entry(long nanos, byte[] line, List<String> metadata) {}

  LokiJson(LokiPushDecoder.Pushed pushed) {
    this.pushed = pushed;
  }

  void read(byte[] body, int offset, int length) {
    try (JsonParser parser = JSON.createParser(body, offset, length)) {
      request(parser);
    } catch (JsonProcessingException e) {
      throw new WireFormatException(
          "malformed JSON: " + e.getOriginalMessage(),
          e.getLocation() == null ? WireFormatException.NOWHERE : e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw new WireFormatException("malformed JSON: " + e.getMessage(), e);
    }
  }

  private void request(JsonParser parser) throws IOException {
    expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean streams = parser.currentName().equals("streams");
      JsonToken token = parser.nextToken();
      if (!streams || token == JsonToken.VALUE_NULL) {
        parser.skipChildren();
        continue;
      }
      expect(parser, token, JsonToken.START_ARRAY, "a list of streams");
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        stream(parser);
      }
    }
  }

  private void stream(JsonParser parser) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_OBJECT, "a stream");
    Labels.Builder labels = Labels.builder();
    boolean begun = false;
    List<Entry> waiting = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (field.equals("stream")) {
        expect(parser, token, JsonToken.START_OBJECT, "the labels of a stream");
        int count = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          if (++count > StreamLabels.LABELS_MAX) {
            throw StreamLabels.tooMany();
          }
          String name = parser.currentName();
          parser.nextToken();
          labels.set(name, text(parser, "a label's value"));
        }
        pushed.stream(StreamLabels.checked(labels));
        begun = true;
      } else if (field.equals("values")) {
        expect(parser, token, JsonToken.START_ARRAY, "a list of values");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          Entry entry = entry(parser);
          if (begun) {
            push(entry);
          } else {
            waiting.add(entry);
          }
        }
      } else {
        parser.skipChildren();
      }
    }
    if (!begun) {
      pushed.stream(labels);
    }
    waiting.forEach(this::push);
  }

  private void push(Entry entry) {
    for (int i = 0; i < entry.metadata.size(); i += 2) {
      pushed.metadata(entry.metadata.get(i), entry.metadata.get(i + 1));
    }
    pushed.entry(entry.nanos, entry.line, 0, entry.line.length);
  }

  private static Entry entry(JsonParser parser) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_ARRAY, "a value");
    parser.nextToken();
    long nanos = nanos(parser);
    parser.nextToken();
    byte[] line = text(parser, "a line").getBytes(StandardCharsets.UTF_8);
    List<String> metadata = List.of();
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      metadata = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        metadata.add(parser.currentName());
        parser.nextToken();
        metadata.add(text(parser, "structured metadata"));
      }
      token = parser.nextToken();
    }
    expect(parser, token, JsonToken.END_ARRAY, "the end of a value");
    return new Entry(nanos, line, metadata);
  }

  private static long nanos(JsonParser parser) throws IOException {
    try {
      return Long.parseLong(text(parser, "a timestamp in nanoseconds, as a string"));
    } catch (NumberFormatException e) {
      throw malformed(parser, "a timestamp in nanoseconds, as a string");
    }
  }

  private static String text(JsonParser parser, String what) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.VALUE_STRING, what);
    return parser.getText();
  }

  private static void expect(JsonParser parser, JsonToken got, JsonToken wanted, String what) {
    if (got != wanted) {
      throw malformed(parser, what);
    }
  }

  private static WireFormatException malformed(JsonParser parser, String what) {
    return new WireFormatException(
        "malformed push request: expected " + what, parser.currentTokenLocation().getByteOffset());
  }
}
