package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.logql.LogStream;
import io.ghostworks.logql.eval.LogqlAnswer;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.AnswerStream;
import io.ghostworks.server.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The answer to a query, written while it is sent: a beginning, one stream or series after the
 * other, and the statistics.
 */
final class QueryAnswer implements AnswerStream {

  private final Form form;
  private final List<String> warnings;
  private final List<Json.Document> pieces;
  private final long entries;
  private final QueryContext context;
  private int next;

  private QueryAnswer(
      Form form,
      List<String> warnings,
      List<Json.Document> pieces,
      long entries,
      QueryContext context) {
    this.form = form;
    this.warnings = warnings;
    this.pieces = pieces;
    this.entries = entries;
    this.context = context;
  }

  /** What stands around the pieces. */
  private enum Form {
    STREAMS("streams"),
    CATEGORIZED("streams"),
    VECTOR("vector"),
    MATRIX("matrix"),
    SCALAR("scalar"),
    FORMER("");

    private final String type;

    Form(String type) {
      this.type = type;
    }
  }

  /**
   * @param categorized whether structured metadata and parsed labels stay apart from the stream's
   */
  static Answer of(LogqlAnswer answer, boolean categorized, QueryContext context) {
    QueryAnswer stream =
        switch (answer.result()) {
          case LogqlResult.Streams streams ->
              new QueryAnswer(
                  categorized ? Form.CATEGORIZED : Form.STREAMS,
                  answer.warnings(),
                  (categorized ? streams.answer().streams() : streams.answer().flattened())
                      .stream()
                          .<Json.Document>map(
                              one -> json -> StreamsAnswer.stream(json, one, categorized))
                          .toList(),
                  streams.answer().entries(),
                  context);
          case LogqlResult.Vector vector ->
              new QueryAnswer(
                  Form.VECTOR,
                  answer.warnings(),
                  vector.samples().stream()
                      .<Json.Document>map(sample -> json -> sample(json, sample))
                      .toList(),
                  vector.samples().size(),
                  context);
          case LogqlResult.Matrix matrix ->
              new QueryAnswer(
                  Form.MATRIX,
                  answer.warnings(),
                  matrix.series().stream()
                      .<Json.Document>map(series -> json -> series(json, series))
                      .toList(),
                  matrix.series().size(),
                  context);
          case LogqlResult.Scalar scalar ->
              new QueryAnswer(
                  Form.SCALAR,
                  answer.warnings(),
                  List.of(json -> {
                    json.writeRawValue(LokiJson.seconds(scalar.timestampMs()));
                    json.writeRaw(",\"" + FloatText.format(scalar.value()) + "\"");
                  }),
                  1,
                  context);
        };
    return Answer.streamed(200, "application/json; charset=UTF-8", stream).compressed();
  }

  /** Streams as the former API has them. */
  static Answer former(List<LogStream> streams, long entries, QueryContext context) {
    return Answer.streamed(
            200,
            "application/json; charset=UTF-8",
            new QueryAnswer(
                Form.FORMER,
                List.of(),
                streams.stream()
                    .<Json.Document>map(one -> json -> StreamsAnswer.formerStream(json, one))
                    .toList(),
                entries,
                context))
        .compressed();
  }

  @Override
  public boolean write(OutputStream out) throws IOException {
    context.check();
    if (next == 0) {
      out.write(beginning());
    }
    if (next < pieces.size()) {
      if (next > 0) {
        out.write(',');
      }
      out.write(Json.bytes(pieces.get(next)));
      next++;
    }
    if (next < pieces.size()) {
      return true;
    }
    out.write(bytes("],\"stats\":"));
    out.write(Json.bytes(json -> LokiStatistics.write(json, context, entries)));
    out.write(bytes(form == Form.FORMER ? "}\n" : "}}\n"));
    return false;
  }

  private byte[] beginning() {
    if (form == Form.FORMER) {
      return bytes("{\"streams\":[");
    }
    StringBuilder text = new StringBuilder("{\"status\":\"success\"");
    if (!warnings.isEmpty()) {
      byte[] array =
          Json.bytes(json -> {
            json.writeStartArray();
            for (String warning : warnings) {
              json.writeString(warning);
            }
            json.writeEndArray();
          });
      text.append(",\"warnings\":").append(new String(array, StandardCharsets.UTF_8));
    }
    text.append(",\"data\":{\"resultType\":\"").append(form.type).append('"');
    if (form == Form.CATEGORIZED) {
      text.append(",\"encodingFlags\":[\"categorize-labels\"]");
    }
    return bytes(text.append(",\"result\":[").toString());
  }

  private static void sample(JsonGenerator json, LogqlResult.Sample sample) throws IOException {
    json.writeStartObject();
    json.writeFieldName("metric");
    LokiJson.labels(json, sample.labels());
    json.writeFieldName("value");
    point(json, sample.timestampMs(), sample.value());
    json.writeEndObject();
  }

  private static void series(JsonGenerator json, LogqlResult.Series series) throws IOException {
    json.writeStartObject();
    json.writeFieldName("metric");
    LokiJson.labels(json, series.labels());
    json.writeArrayFieldStart("values");
    for (int i = 0; i < series.size(); i++) {
      point(json, series.timestampsMs()[i], series.values()[i]);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void point(JsonGenerator json, long timeMs, double value) throws IOException {
    json.writeStartArray();
    json.writeRawValue(LokiJson.seconds(timeMs));
    json.writeString(FloatText.format(value));
    json.writeEndArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {}
}
