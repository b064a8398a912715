package io.ghostworks.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How the answers of queries are printed. */
final class QueryOutput {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json (the answer's data as the server gave it) or csv (default table).")
  private Format format = Format.TABLE;

  /** The forms of output; option values are their names in lower case. */
  enum Format {
    TABLE,
    JSON,
    CSV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Prints samples. */
  void samples(PrintWriter out, JsonNode data) {
    if (format == Format.JSON) {
      json(out, data);
      return;
    }
    ResultRows result = ResultRows.of(data);
    if (format == Format.TABLE) {
      TableText table = new TableText(List.of("SERIES", "TIME", "VALUE"));
      result.rows().forEach(row -> table.add(List.of(row.series(), row.time(), row.value())));
      table.printTable(out);
    } else {
      csv(out, result, true);
    }
  }

  /** Prints series. */
  void series(PrintWriter out, JsonNode data) {
    switch (format) {
      case JSON -> json(out, data);
      case TABLE -> ResultRows.ofSeries(data).rows().forEach(row -> out.println(row.series()));
      case CSV -> csv(out, ResultRows.ofSeries(data), false);
    }
  }

  /** Prints texts, one a line. */
  void texts(PrintWriter out, String header, JsonNode data) {
    switch (format) {
      case JSON -> json(out, data);
      case TABLE -> data.forEach(text -> out.println(text.asText()));
      case CSV -> {
        TableText table = new TableText(List.of(header));
        data.forEach(text -> table.add(List.of(text.asText())));
        table.printCsv(out);
      }
    }
  }

  private static void csv(PrintWriter out, ResultRows result, boolean samples) {
    List<String> header = new ArrayList<>(result.labelNames());
    if (samples) {
      header.addAll(List.of("timestamp", "value"));
    }
    TableText table = new TableText(header);
    for (ResultRows.Row row : result.rows()) {
      List<String> cells = new ArrayList<>();
      result.labelNames().forEach(name -> cells.add(row.labels().getOrDefault(name, "")));
      if (samples) {
        cells.addAll(List.of(row.time(), row.value()));
      }
      table.add(cells);
    }
    table.printCsv(out);
  }

  private static void json(PrintWriter out, JsonNode data) {
    try {
      out.println(MAPPER.writeValueAsString(data));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON is none", e);
    }
  }
}
