package io.ghostworks.server.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.query.QueryContext;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.wholetraces.JaegerForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A JSON answer while it is written; what it holds is the query's memory. */
final class JaegerAnswer {

  private final ReservedBytes out;
  private final JsonGenerator json;

  private JaegerAnswer(QueryContext context, boolean pretty) throws IOException {
    this.out = new ReservedBytes(context);
    this.json = JaegerForm.generator(out, pretty);
  }

  /** Writes a piece. */
  @FunctionalInterface
  interface Piece {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes an answer, by way of pieces. */
  @FunctionalInterface
  interface Document {
    void write(JaegerAnswer answer);
  }

  static Answer of(QueryContext context, boolean pretty, Document document) {
    try {
      JaegerAnswer answer = new JaegerAnswer(context, pretty);
      document.write(answer);
      answer.json.close();
      return Answer.json(200, answer.out.toByteArray()).compressed();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON cannot be written to memory", e);
    }
  }

  /** Sets memory aside before it grows, also in the midst of a large trace. */
  private static final class ReservedBytes extends ByteArrayOutputStream {
    private final QueryContext context;

    ReservedBytes(QueryContext context) {
      super(4096);
      this.context = context;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      context.reserve(length);
      super.write(bytes, offset, length);
    }
  }

  /** Writes a piece. */
  void piece(Piece piece) {
    try {
      piece.write(json);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON cannot be written to memory", e);
    }
  }
}
