package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.logql.search.FieldValues;
import io.ghostworks.logql.search.LogSearch;
import io.ghostworks.logql.search.LogSearchAnswer;
import io.ghostworks.logql.search.SearchedLine;
import io.ghostworks.logql.search.ValueCount;
import io.ghostworks.query.QueryContext;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.AnswerStream;
import io.ghostworks.server.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The answer to a search, written one line after the other; counts stand in front. */
final class SearchAnswer implements AnswerStream {

  private final LogSearch search;
  private final LogSearchAnswer answer;
  private final QueryContext context;
  private int next;

  private SearchAnswer(LogSearch search, LogSearchAnswer answer, QueryContext context) {
    this.search = search;
    this.answer = answer;
    this.context = context;
  }

  static Answer of(LogSearch search, LogSearchAnswer answer, QueryContext context) {
    return Answer.streamed(200, "application/json", new SearchAnswer(search, answer, context))
        .compressed();
  }

  @Override
  public boolean write(OutputStream out) throws IOException {
    context.check();
    if (next == 0) {
      byte[] counts = Json.bytes(this::counts);
      // The object goes on with the lines.
      out.write(counts, 0, counts.length - 1);
      out.write(bytes(counts.length > 2 ? ",\"lines\":[" : "\"lines\":["));
    }
    if (next < answer.lines().size()) {
      SearchedLine line = answer.lines().get(next);
      out.write(bytes(next == 0 ? "" : ","));
      out.write(Json.bytes(json -> line(json, line)));
      next++;
    }
    if (next < answer.lines().size()) {
      return true;
    }
    out.write(bytes("]}\n"));
    return false;
  }

  private void counts(JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (answer.found() >= 0) {
      json.writeNumberField("found", answer.found());
    }
    if (answer.top().isPresent()) {
      json.writeFieldName("top");
      values(json, answer.top().get());
    }
    if (search.facets()) {
      json.writeArrayFieldStart("facets");
      for (FieldValues facet : answer.facets()) {
        values(json, facet);
      }
      json.writeEndArray();
      json.writeBooleanField("moreFields", answer.leavesFieldsOut());
    }
    json.writeEndObject();
  }

  private static void values(JsonGenerator json, FieldValues field) throws IOException {
    json.writeStartObject();
    json.writeStringField("field", field.field());
    json.writeNumberField("lines", field.lines());
    if (field.distinct() >= 0) {
      json.writeNumberField("distinct", field.distinct());
    }
    json.writeArrayFieldStart("values");
    for (ValueCount value : field.values()) {
      json.writeStartObject();
      json.writeStringField("value", value.value());
      json.writeNumberField("lines", value.lines());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void line(JsonGenerator json, SearchedLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("time", Long.toString(line.found().timeNanos()));
    json.writeStringField("line", line.found().line());
    json.writeFieldName("stream");
    LokiJson.labels(json, line.found().stream());
    json.writeFieldName("structuredMetadata");
    LokiJson.labels(json, line.found().structuredMetadata());
    json.writeFieldName("parsed");
    LokiJson.labels(json, line.found().parsed());
    if (!line.span().isEmpty()) {
      json.writeFieldName("span");
      LokiJson.labels(json, line.span());
    }
    json.writeEndObject();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {}
}
