package io.ghostworks.wire.jaeger.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.WireFormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one document in two passes, since the processes of a trace stand behind its spans: the
 * first collects them, the second makes rows.
 */
final class JaegerJsonReader {

  private final JaegerFields fields;
  private final SpanBatch batch = new SpanBatch();
  private final SpanTranslation translation = new SpanTranslation(batch);
  private final RejectionTally rejections = new RejectionTally();
  private final Deque<Map<String, Integer>> processes;
  private final Map<JaegerSpan.Maker, Integer> resources = new HashMap<>();
  private final JsonParser parser;
  private final int spansMax;

  private JaegerJsonReader(
      JsonParser parser, Deque<Map<String, Integer>> processes, int spansMax, int tagsMax) {
    this.parser = parser;
    this.fields = new JaegerFields(parser, tagsMax);
    this.processes = processes;
    this.spansMax = spansMax;
  }

  /** How the document is opened, once a pass. */
  @FunctionalInterface
  interface Source {
    JsonParser open() throws IOException;
  }

  static Decoded<SpanBatch> read(Source source, int spansMax, int tagsMax) throws IOException {
    List<Map<String, JaegerSpan.Maker>> found;
    try (JsonParser parser = source.open()) {
      found = new ProcessCollection(parser, tagsMax).collect();
    }
    try (JsonParser parser = source.open()) {
      Deque<Map<String, Integer>> numbered = new ArrayDeque<>();
      JaegerJsonReader reader = new JaegerJsonReader(parser, numbered, spansMax, tagsMax);
      for (Map<String, JaegerSpan.Maker> trace : found) {
        Map<String, Integer> numbers = new HashMap<>();
        trace.forEach((id, process) -> numbers.put(id, reader.resource(process)));
        numbered.add(numbers);
      }
      new Documents(parser, reader::trace).read();
      return new Decoded<>(reader.batch, reader.rejections.toList());
    }
  }

  private int resource(JaegerSpan.Maker process) {
    return resources.computeIfAbsent(process, translation::resource);
  }

  /** The parser is at the first name of a trace's object, or its end. */
  private void trace() throws IOException {
    Map<String, Integer> ofTrace = processes.remove();
    while (parser.currentToken() != JsonToken.END_OBJECT) {
      boolean spans = parser.currentName().equals("spans");
      if (parser.nextToken() == JsonToken.START_ARRAY && spans) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          span(ofTrace);
        }
      } else {
        parser.skipChildren();
      }
      parser.nextToken();
    }
  }

  private void span(Map<String, Integer> ofTrace) throws IOException {
    SpanFields span = new SpanFields(parser, fields);
    span.read();
    if (batch.rows() >= spansMax) {
      rejections.add(
          Reason.LIMIT_EXCEEDED, () -> "a document may have at most %d spans".formatted(spansMax));
      return;
    }
    String mistake = span.mistake();
    if (!mistake.isEmpty()) {
      rejections.add(Reason.INVALID_ROW, () -> mistake);
      return;
    }
    translation.add(resource(span, ofTrace), span.span());
  }

  private int resource(SpanFields span, Map<String, Integer> ofTrace) {
    if (span.process() != null) {
      return resource(span.process());
    }
    Integer number = ofTrace.get(span.processId());
    return number == null ? resource(JaegerSpan.Maker.NONE) : number;
  }

  /** Finds the objects of traces in a document of either form. */
  static final class Documents {
    private final JsonParser parser;
    private final TraceReader traces;

    /** Called at the first name of a trace's object, or its end; leaves it at its end. */
    @FunctionalInterface
    interface TraceReader {
      void read() throws IOException;
    }

    Documents(JsonParser parser, TraceReader traces) {
      this.parser = parser;
      this.traces = traces;
    }

    void read() throws IOException {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        list();
      } else if (first == JsonToken.START_OBJECT) {
        document();
      } else {
        throw expected();
      }
      if (parser.nextToken() != null) {
        throw new WireFormatException(
            "more than one JSON value", parser.currentTokenLocation().getByteOffset());
      }
    }

    private void list() throws IOException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw expected();
        }
        parser.nextToken();
        traces.read();
      }
    }

    /** Either an answer with its {@code data}, or a trace itself. */
    private void document() throws IOException {
      parser.nextToken();
      while (parser.currentToken() == JsonToken.FIELD_NAME && isOfAnswer(parser.currentName())) {
        boolean data = parser.currentName().equals("data");
        JsonToken token = parser.nextToken();
        if (data && token == JsonToken.START_ARRAY) {
          list();
          finish();
          return;
        }
        parser.skipChildren();
        parser.nextToken();
      }
      if (parser.currentToken() == JsonToken.END_OBJECT) {
        throw expected();
      }
      traces.read();
    }

    private static boolean isOfAnswer(String name) {
      return switch (name) {
        case "data", "total", "limit", "offset", "errors" -> true;
        default -> false;
      };
    }

    private void finish() throws IOException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        parser.nextToken();
        parser.skipChildren();
      }
    }

    private WireFormatException expected() {
      return new WireFormatException(
          "expected a trace of Jaeger, a list of them, or an answer with 'data'",
          parser.currentTokenLocation().getByteOffset());
    }
  }

  /** The processes of each trace of a document, by their id. */
  private static final class ProcessCollection {
    private final JsonParser parser;
    private final JaegerFields fields;
    private final List<Map<String, JaegerSpan.Maker>> traces = new ArrayList<>();

    ProcessCollection(JsonParser parser, int tagsMax) {
      this.parser = parser;
      this.fields = new JaegerFields(parser, tagsMax);
    }

    List<Map<String, JaegerSpan.Maker>> collect() throws IOException {
      new Documents(parser, this::trace).read();
      return traces;
    }

    private void trace() throws IOException {
      Map<String, JaegerSpan.Maker> processes = new HashMap<>();
      while (parser.currentToken() != JsonToken.END_OBJECT) {
        boolean wanted = parser.currentName().equals("processes");
        if (parser.nextToken() == JsonToken.START_OBJECT && wanted) {
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            String id = parser.currentName();
            parser.nextToken();
            processes.put(id, fields.process());
          }
        } else {
          parser.skipChildren();
        }
        parser.nextToken();
      }
      traces.add(processes);
    }
  }
}
