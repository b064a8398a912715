package io.ghostworks.server.tempo;

import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of Tempo's streaming calls as the parameters of the requests that ask the same, as
 * Tempo's frontend turns them.
 *
 * <p>Source: Tempo's {@code pkg/tempopb/tempo.proto} and {@code pkg/api/http.go}.
 */
final class StreamingRequests {

  private final Map<String, List<String>> parameters = new LinkedHashMap<>();
  private final StringBuilder tags = new StringBuilder();
  private final ProtoReader reader;

  private StreamingRequests(GrpcMessages.Message message) {
    this.reader = new ProtoReader(message.bytes(), message.offset(), message.length());
  }

  static Map<String, List<String>> search(GrpcMessages.Message message) {
    StreamingRequests request = new StreamingRequests(message);
    request.read(
        Map.of(2, "minDuration", 3, "maxDuration", 4, "limit", 5, "start", 6, "end", 9, "spss"),
        Map.of(8, "q"),
        1);
    request.parameters.computeIfPresent("minDuration", (name, ms) -> List.of(ms.getFirst() + "ms"));
    request.parameters.computeIfPresent("maxDuration", (name, ms) -> List.of(ms.getFirst() + "ms"));
    if (!request.tags.isEmpty()) {
      request.parameters.put("tags", List.of(request.tags.toString()));
    }
    return request.parameters;
  }

  static Map<String, List<String>> tags(GrpcMessages.Message message) {
    return read(
        message,
        Map.of(3, "start", 4, "end", 5, "limit", 6, "maxStaleValues"),
        Map.of(1, "scope", 2, "q"));
  }

  /** The tag's name is {@code tag}. */
  static Map<String, List<String>> tagValues(GrpcMessages.Message message) {
    return read(
        message,
        Map.of(4, "start", 5, "end", 6, "limit", 7, "maxStaleValues"),
        Map.of(1, "tag", 2, "q"));
  }

  static Map<String, List<String>> range(GrpcMessages.Message message) {
    Map<String, List<String>> parameters =
        read(
            message,
            Map.of(2, "start", 3, "end", 4, "step", 16, "exemplars", 17, "maxSeries"),
            Map.of(1, "q"));
    parameters.computeIfPresent("step", (name, nanos) -> List.of(nanos.getFirst() + "ns"));
    return parameters;
  }

  static Map<String, List<String>> instant(GrpcMessages.Message message) {
    return read(message, Map.of(2, "start", 3, "end"), Map.of(1, "q"));
  }

  private static Map<String, List<String>> read(
      GrpcMessages.Message message, Map<Integer, String> numbers, Map<Integer, String> texts) {
    StreamingRequests request = new StreamingRequests(message);
    request.read(numbers, texts, 0);
    return request.parameters;
  }

  private void read(Map<Integer, String> numbers, Map<Integer, String> texts, int tagsField) {
    while (reader.next()) {
      int wireType = reader.tag() & 7;
      String number = numbers.get(reader.field());
      String text = texts.get(reader.field());
      if (number != null && wireType == ProtoReader.VARINT) {
        put(number, Long.toUnsignedString(reader.varint()));
      } else if (text != null && wireType == ProtoReader.BYTES) {
        put(text, text());
      } else if (reader.field() == tagsField && wireType == ProtoReader.BYTES) {
        tag();
      } else {
        reader.skip();
      }
    }
  }

  /** Zero and "" say nothing. */
  private void put(String name, String value) {
    if (!value.isEmpty() && !value.equals("0")) {
      parameters.put(name, List.of(value));
    }
  }

  private void tag() {
    int outer = reader.enter();
    String key = "";
    String value = "";
    while (reader.next()) {
      switch (reader.tag()) {
        case 1 << 3 | ProtoReader.BYTES -> key = text();
        case 2 << 3 | ProtoReader.BYTES -> value = text();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    tags.append(tags.isEmpty() ? "" : " ").append(key).append("=\"");
    tags.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }

  private String text() {
    int length = reader.textLength();
    int at = reader.position();
    reader.skipBytes(length);
    return new String(reader.bytes(), at, length, StandardCharsets.UTF_8);
  }
}
