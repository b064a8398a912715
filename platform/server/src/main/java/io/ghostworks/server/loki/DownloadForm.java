package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.label.Labels;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** How the rows of a download are written. */
sealed interface DownloadForm {

  /** The content type. */
  String contentType();

  /** What stands before the first row. */
  default void begin(OutputStream out) throws IOException {}

  void write(DownloadRow row, OutputStream out) throws IOException;

  /**
   * The form of a name.
   *
   * @param columns labels with columns of their own in CSV; all in one column if there is none
   */
  static DownloadForm of(String name, List<String> columns) {
    return switch (name) {
      case "text" -> new Text();
      case "ndjson" -> new Lines();
      case "csv" -> new Csv(List.copyOf(columns));
      default ->
          throw RequestException.bad(
              "format must be text, ndjson or csv, got '%s'".formatted(name));
    };
  }

  private static String time(DownloadRow row) {
    return Instant.ofEpochSecond(
            Math.floorDiv(row.timeNanos(), 1_000_000_000L),
            Math.floorMod(row.timeNanos(), 1_000_000_000L))
        .toString();
  }

  /** The lines alone, each as it came. */
  record Text() implements DownloadForm {
    @Override
    public String contentType() {
      return "text/plain; charset=utf-8";
    }

    @Override
    public void write(DownloadRow row, OutputStream out) throws IOException {
      out.write(row.line().getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
  }

  /** One object a line, as logcli writes them with {@code --output=jsonl}. */
  record Lines() implements DownloadForm {
    @Override
    public String contentType() {
      return "application/x-ndjson";
    }

    @Override
    public void write(DownloadRow row, OutputStream out) throws IOException {
      out.write(Json.bytes(json -> object(json, row)));
      out.write('\n');
    }

    private static void object(JsonGenerator json, DownloadRow row) throws IOException {
      json.writeStartObject();
      json.writeObjectFieldStart("labels");
      for (int i = 0; i < row.labels().size(); i++) {
        json.writeStringField(row.labels().name(i), row.labels().value(i));
      }
      json.writeEndObject();
      json.writeStringField("line", row.line());
      json.writeStringField("timestamp", time(row));
      json.writeEndObject();
    }
  }

  /** Comma-separated values of RFC 4180, with a heading. */
  record Csv(List<String> columns) implements DownloadForm {
    @Override
    public String contentType() {
      return "text/csv; charset=utf-8";
    }

    @Override
    public void begin(OutputStream out) throws IOException {
      StringBuilder heading = new StringBuilder("timestamp");
      for (String column : columns.isEmpty() ? List.of("labels") : columns) {
        heading.append(',').append(quoted(column));
      }
      out.write(heading.append(",line\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(DownloadRow row, OutputStream out) throws IOException {
      StringBuilder text = new StringBuilder(time(row));
      if (columns.isEmpty()) {
        text.append(',').append(quoted(shown(row.labels())));
      }
      for (String column : columns) {
        String value = row.labels().find(column);
        text.append(',').append(quoted(value == null ? "" : value));
      }
      text.append(',').append(quoted(row.line())).append("\r\n");
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(Labels labels) {
      StringBuilder text = new StringBuilder("{");
      for (int i = 0; i < labels.size(); i++) {
        String value = labels.value(i).replace("\\", "\\\\").replace("\"", "\\\"");
        text.append(i == 0 ? "" : ", ").append(labels.name(i)).append("=\"").append(value);
        text.append('"');
      }
      return text.append('}').toString();
    }

    private static String quoted(String text) {
      boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
      return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
  }
}
