package io.ghostworks.server.tempo;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.settings.TraceQueryLimits;
import io.ghostworks.server.tenants.TenantUnion;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Makes endpoints of what reads spans: the query is listed and can be stopped, several tenants are
 * read as one, and what goes wrong is told in Tempo's words and status codes.
 */
final class TempoEndpoints {

  private static final int QUERY_BYTES_MAX = 128 * 1024;

  private final RecordSource records;
  private final Queries queries;
  private final Function<TenantId, TraceQueryLimits> limits;

  TempoEndpoints(
      RecordSource records, Queries queries, Function<TenantId, TraceQueryLimits> limits) {
    this.records = records;
    this.queries = queries;
    this.limits = limits;
  }

  /** Answers a request. */
  @FunctionalInterface
  interface Reading {
    Answer answer(TempoRequest request);
  }

  /** Answers a request with messages. */
  @FunctionalInterface
  interface Sending {
    void send(TempoRequest request, GrpcStream messages);
  }

  /** An endpoint that looks up what there is. */
  Endpoint lookup(Reading reading) {
    Endpoint endpoint = queries.endpoint((exchange, context) -> answer(reading, exchange, context));
    return exchange -> {
      checkSize(exchange);
      return endpoint.answer(exchange);
    };
  }

  /** An endpoint that evaluates the query of its requests when it is its turn. */
  Endpoint evaluation(Reading reading) {
    return exchange -> {
      checkSize(exchange);
      return queries.evaluate(
          exchange,
          "traceql",
          query(exchange),
          queries.timeout(),
          (e, context) -> answer(reading, e, context));
    };
  }

  /** An answer of many messages, whose query is evaluated when it is its turn. */
  CompletableFuture<Answer> stream(Exchange exchange, Sending sending) {
    checkSize(exchange);
    Answer answer =
        Answer.streamed(
            200,
            GrpcMessages.CONTENT_TYPE,
            queries.feed(
                exchange,
                "traceql",
                query(exchange),
                queries.timeout(),
                GrpcStream::new,
                (context, messages) -> {
                  try {
                    sending.send(request(exchange, context), messages);
                  } catch (QueryException e) {
                    throw inTemposWords(e);
                  }
                }));
    return CompletableFuture.completedFuture(
        answer.withHeader("grpc-accept-encoding", GrpcMessages.ENCODINGS));
  }

  private Answer answer(Reading reading, Exchange exchange, QueryContext context) {
    try {
      return reading.answer(request(exchange, context));
    } catch (QueryException e) {
      throw inTemposWords(e);
    }
  }

  private TempoRequest request(Exchange exchange, QueryContext context) {
    TraceQueryLimits all =
        exchange.tenants().stream().map(limits).reduce(TraceQueryLimits::and).orElseThrow();
    RecordSource source =
        exchange.tenants().size() == 1 ? records : new TenantUnion(records, exchange.tenants());
    return new TempoRequest(exchange, context, source, all, queries.clock());
  }

  /** The query of a request; its tags where it is of the time before TraceQL. */
  private static String query(Exchange exchange) {
    return exchange
        .parameter("q")
        .or(() -> exchange.parameter("query"))
        .or(() -> exchange.parameter("tags"))
        .orElse("");
  }

  private static void checkSize(Exchange exchange) {
    for (String name : new String[] {"q", "query"}) {
      for (String query : exchange.parameters(name)) {
        if (query.length() > QUERY_BYTES_MAX) {
          throw RequestException.bad(
              "TraceQL expression exceeds the configured maximum size of %d bytes, reduce the query expression size or contact your system administrator"
                  .formatted(QUERY_BYTES_MAX));
        }
      }
    }
  }

  /** What Tempo answers to a query that failed so. */
  static RequestException inTemposWords(QueryException e) {
    return switch (e.kind()) {
      case BAD_QUERY -> new RequestException(400, String.valueOf(e.getMessage()), e);
      case EXECUTION, LIMIT -> new RequestException(422, String.valueOf(e.getMessage()), e);
      case TIMEOUT -> new RequestException(504, "context deadline exceeded", e);
      case CANCELED -> new RequestException(499, "context canceled", e);
    };
  }

  /** The same request with other parameters, as a call of gRPC has them in its message. */
  static Exchange with(
      Exchange exchange,
      Map<String, String> variables,
      Map<String, java.util.List<String>> parameters) {
    return new Exchange(
        exchange.tenants(),
        exchange.role(),
        exchange.method(),
        exchange.path(),
        variables,
        parameters,
        exchange.headers(),
        exchange.body(),
        exchange.memory(),
        exchange.gone(),
        exchange.clientIp());
  }
}
