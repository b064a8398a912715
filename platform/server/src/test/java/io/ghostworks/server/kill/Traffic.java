package io.ghostworks.server.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** How rows of one signal are sent, and how all rows of one sender are read. */
enum Traffic {
  /** Remote write; read as a range vector. */
  SAMPLES {
    @Override
    HttpResponse<String> send(ChildPlatform platform, int sender, int first, int rows, long startMs)
        throws IOException, InterruptedException {
      ByteArrayOutputStream series = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(series);
      out.writeBytes(1, label("__name__", "kill_samples"));
      out.writeBytes(1, label("sender", Integer.toString(sender)));
      for (int i = first; i < first + rows; i++) {
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        CodedOutputStream fields = CodedOutputStream.newInstance(sample);
        fields.writeDouble(1, i);
        fields.writeInt64(2, startMs + i);
        fields.flush();
        out.writeBytes(2, ByteString.copyFrom(sample.toByteArray()));
      }
      out.flush();
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      CodedOutputStream outer = CodedOutputStream.newInstance(request);
      outer.writeBytes(1, ByteString.copyFrom(series.toByteArray()));
      outer.flush();
      return platform.post(
          "prometheus",
          "/api/v1/write",
          snappy(request.toByteArray()),
          "Content-Type",
          "application/x-protobuf",
          "Content-Encoding",
          "snappy",
          "X-Prometheus-Remote-Write-Version",
          "0.1.0");
    }

    @Override
    Set<Integer> read(ChildPlatform platform, int sender, long startMs)
        throws IOException, InterruptedException {
      String query = "kill_samples{sender=\"%d\"}[1d]".formatted(sender);
      JsonNode answer = json(platform.get("prometheus", "/api/v1/query?query=" + encoded(query)));
      Set<Integer> rows = new TreeSet<>();
      for (JsonNode series : answer.path("data").path("result")) {
        for (JsonNode value : series.path("values")) {
          int row = (int) Math.round(value.get(0).asDouble() * 1000 - startMs);
          if (value.get(1).asInt() != row) {
            throw new AssertionError("sample %d has the value %s".formatted(row, value.get(1)));
          }
          rows.add(row);
        }
      }
      return rows;
    }
  },

  /** OTLP; read as lines of a stream. */
  LOGS {
    @Override
    HttpResponse<String> send(ChildPlatform platform, int sender, int first, int rows, long startMs)
        throws IOException, InterruptedException {
      StringBuilder records = new StringBuilder();
      for (int i = first; i < first + rows; i++) {
        records
            .append(i == first ? "" : ",")
            .append(
                "{\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"%d\"}}"
                    .formatted(startMs * 1_000_000L + i, i));
      }
      return postJson(
          platform,
          "/v1/logs",
          "{\"resourceLogs\":[{%s,\"scopeLogs\":[{\"logRecords\":[%s]}]}]}"
              .formatted(resource(sender), records));
    }

    @Override
    Set<Integer> read(ChildPlatform platform, int sender, long startMs)
        throws IOException, InterruptedException {
      JsonNode answer =
          json(
              platform.get(
                  "loki",
                  "/loki/api/v1/query_range?limit=5000&start=%d&end=%d&query=%s"
                      .formatted(
                          startMs * 1_000_000L,
                          (startMs + 60_000) * 1_000_000L,
                          encoded("{service_name=\"kill-%d\"}".formatted(sender)))));
      Set<Integer> rows = new TreeSet<>();
      for (JsonNode stream : answer.path("data").path("result")) {
        for (JsonNode value : stream.path("values")) {
          rows.add(Integer.parseInt(value.get(1).asText()));
        }
      }
      return rows;
    }
  },

  /** OTLP; read as one trace. */
  SPANS {
    @Override
    HttpResponse<String> send(ChildPlatform platform, int sender, int first, int rows, long startMs)
        throws IOException, InterruptedException {
      StringBuilder spans = new StringBuilder();
      for (int i = first; i < first + rows; i++) {
        long start = startMs * 1_000_000L + i;
        spans
            .append(i == first ? "" : ",")
            .append(
                "{\"traceId\":\"%s\",\"spanId\":\"%016x\",\"name\":\"%d\",\"kind\":2,\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\"}"
                    .formatted(traceId(sender), i + 1, i, start, start + 1000));
      }
      return postJson(
          platform,
          "/v1/traces",
          "{\"resourceSpans\":[{%s,\"scopeSpans\":[{\"spans\":[%s]}]}]}"
              .formatted(resource(sender), spans));
    }

    @Override
    Set<Integer> read(ChildPlatform platform, int sender, long startMs)
        throws IOException, InterruptedException {
      HttpResponse<String> response = platform.get("tempo", "/api/traces/" + traceId(sender));
      Set<Integer> rows = new TreeSet<>();
      if (response.statusCode() != 404) {
        json(response)
            .findParents("spanId")
            .forEach(span -> rows.add(Integer.parseInt(span.path("name").asText())));
      }
      return rows;
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Sends rows with consecutive numbers. */
  abstract HttpResponse<String> send(
      ChildPlatform platform, int sender, int first, int rows, long startMs)
      throws IOException, InterruptedException;

  /** The numbers of all rows of a sender that can be read. */
  abstract Set<Integer> read(ChildPlatform platform, int sender, long startMs)
      throws IOException, InterruptedException;

  private static HttpResponse<String> postJson(ChildPlatform platform, String path, String body)
      throws IOException, InterruptedException {
    return platform.post(
        "otlp_http",
        path,
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/json");
  }

  private static String resource(int sender) {
    return "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"kill-%d\"}}]}"
        .formatted(sender);
  }

  private static String traceId(int sender) {
    return "%032x".formatted(sender + 1);
  }

  private static ByteString label(String name, String value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, name);
    out.writeString(2, value);
    out.flush();
    return ByteString.copyFrom(bytes.toByteArray());
  }

  /** The bytes as literals of Snappy's block format, of at most 60 bytes each. */
  private static byte[] snappy(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CodedOutputStream length = CodedOutputStream.newInstance(out);
    length.writeUInt32NoTag(bytes.length);
    length.flush();
    for (int at = 0; at < bytes.length; at += 60) {
      int count = Math.min(60, bytes.length - at);
      out.write((count - 1) << 2);
      out.write(bytes, at, count);
    }
    return out.toByteArray();
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new AssertionError(
          "%s answered %d: %s".formatted(response.uri(), response.statusCode(), response.body()));
    }
    return JSON.readTree(response.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
