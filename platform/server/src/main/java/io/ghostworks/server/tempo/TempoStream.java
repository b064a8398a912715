package io.ghostworks.server.tempo;

import io.ghostworks.query.QueryException;
import io.ghostworks.server.http.AnswerStream;
import java.io.IOException;
import java.io.OutputStream;

/** A body that tells in Tempo's words what goes wrong before it has begun to leave. */
record TempoStream(AnswerStream body) implements AnswerStream {

  @Override
  public boolean write(OutputStream out) throws IOException {
    try {
      return body.write(out);
    } catch (QueryException e) {
      throw TempoEndpoints.inTemposWords(e);
    }
  }

  @Override
  public void close() {
    body.close();
  }
}
