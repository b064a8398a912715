package io.ghostworks.server.wiring;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.KeptTraces;
import io.ghostworks.records.TooManyKeptException;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.jaeger.JaegerApi;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Jaeger's archive: a trace is kept, with its log records, beyond its retention.
 *
 * @param kept throws before the store is open
 */
record TraceArchive(Supplier<KeptTraces> kept) implements JaegerApi.Archive {

  @Override
  public boolean keep(TraceKey trace, QueryContext context) {
    try {
      return kept.get().keep(trace, context).join().isPresent();
    } catch (TooManyKeptException e) {
      throw new RequestException(429, String.valueOf(e.getMessage()), e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
