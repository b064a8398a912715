package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.access.Permission;
import io.ghostworks.wire.WireFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one route: access first, then readiness, then the body, then the endpoint on its pool;
 * errors in the words of the API.
 */
final class RouteService implements HttpService {

  private static final Logger log = LoggerFactory.getLogger(RouteService.class);
  private static final int INLINE_BYTES_MAX = 64 * 1024;
  private static final long BODILESS_BYTES_MAX = 1024;
  private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

  /** As Go's programs take. */
  private static final long FORM_BYTES_MAX = 10 * 1024 * 1024;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final String STARTING =
      "the platform is starting: its journals are being replayed";

  private final Route route;
  private final AccessPolicy policy;
  private final Readiness readiness;
  private final Workers workers;
  private final RequestObserver observer;
  private final Duration bodyTime;
  private final long requestBytesMax;
  private final MemoryBudget memory;
  private final Duration patience;

  /**
   * @param requestBytesMax of a body as it comes
   */
  RouteService(Route route, long requestBytesMax, Listener.Shared shared) {
    this.route = route;
    this.policy = shared.policy();
    this.readiness = shared.readiness();
    this.workers = shared.workers();
    this.observer = shared.observer();
    this.bodyTime = shared.limits().bodyTime();
    this.requestBytesMax = requestBytesMax;
    this.memory = shared.requestMemory();
    this.patience = shared.limits().requestTime();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    var _ = context.log().whenComplete().thenAccept(this::observe);
    RequestHeaders headers = request.headers();
    return switch (policy.decide(AccessRequests.of(context, headers), route.permission())) {
      case AccessPolicy.Decision.Refused refused ->
          refuse(
              headers,
              refused.status(),
              refused.reason(),
              refused.status() == 401 ? Map.of("www-authenticate", "Bearer") : Map.of());
      case AccessPolicy.Decision.Allowed allowed -> serveAllowed(context, request, allowed);
    };
  }

  /**
   * Answers a request whose method no route of the path has.
   *
   * @param methods that the routes of the path have
   */
  HttpResponse serveOther(ServiceRequestContext context, HttpRequest request, Set<String> methods) {
    var _ = context.log().whenComplete().thenAccept(this::observe);
    RequestHeaders headers = request.headers();
    if (headers.method() == HttpMethod.OPTIONS) {
      return Cors.preflight(headers, policy, methods);
    }
    Answer answer = route.errors().wrongMethod(refused(headers, null, ""), methods);
    return render(headers, answer);
  }

  /**
   * Decides about a request to open a WebSocket.
   *
   * @param connect makes the answer of what the endpoint has opened
   */
  HttpResponse serveSocket(
      ServiceRequestContext context,
      HttpRequest request,
      Function<SocketFeed, HttpResponse> connect) {
    RequestHeaders headers = request.headers();
    return switch (policy.decide(AccessRequests.of(context, headers), route.permission())) {
      case AccessPolicy.Decision.Refused refused ->
          refuse(headers, refused.status(), refused.reason(), Map.of());
      case AccessPolicy.Decision.Allowed allowed -> {
        if (!readiness.isReady()) {
          yield refuse(headers, 503, STARTING, RETRY_AFTER);
        }
        try (RequestMemory held = new RequestMemory(memory)) {
          Exchange exchange = exchange(context, request, new byte[0], allowed, held);
          yield connect.apply(((SocketEndpoint) route.endpoint()).opening().open(exchange));
        } catch (RuntimeException | Error e) {
          yield failed(headers, e);
        }
      }
    };
  }

  private void observe(RequestLog finished) {
    observer.answered(
        route,
        methodOf(finished.requestHeaders()),
        status(finished),
        TimeUnit.MICROSECONDS.toNanos(finished.requestStartTimeMicros()),
        finished.totalDurationNanos(),
        finished.requestHeaders().get("traceparent"));
  }

  /** What was answered; with gRPC, whose HTTP status is always 200, what its own status means. */
  private static int status(RequestLog finished) {
    String grpc =
        finished
            .responseTrailers()
            .get(GrpcStatus.HEADER, finished.responseHeaders().get(GrpcStatus.HEADER, ""));
    return grpc.isEmpty() ? finished.responseHeaders().status().code() : GrpcStatus.toHttp(grpc);
  }

  private HttpResponse serveAllowed(
      ServiceRequestContext context, HttpRequest request, AccessPolicy.Decision.Allowed allowed) {
    if (route.work() != Route.Work.INSTANT && !readiness.isReady()) {
      return refuse(request.headers(), 503, STARTING, RETRY_AFTER);
    }
    long lengthMax = lengthMax();
    context.setMaxRequestLength(lengthMax);
    long announced = request.headers().contentLength();
    if (announced > lengthMax) {
      return refuse(request.headers(), 413, tooLarge(lengthMax), Map.of());
    }
    RequestMemory held = new RequestMemory(memory);
    CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    Consumer<HttpResponse> done =
        answered -> {
          held.close();
          response.complete(answered);
        };
    try {
      held.checkRoomFor(Math.max(0, announced));
      var _ =
          BodyReader.read(context, request, announced, bodyTime, held)
              .whenComplete((body, failure) -> {
                if (failure != null) {
                  done.accept(failed(request.headers(), failure));
                  return;
                }
                try {
                  dispatch(context, exchange(context, request, body, allowed, held), done);
                } catch (RuntimeException | Error e) {
                  done.accept(failed(request.headers(), e));
                }
              });
    } catch (OverloadedException e) {
      done.accept(failed(request.headers(), e));
    }
    return HttpResponse.of(response);
  }

  /** What has no use for a body takes next to none. */
  private long lengthMax() {
    if (route.work() == Route.Work.INGEST) {
      return requestBytesMax;
    }
    boolean form =
        route.permission() != Permission.PUBLIC
            && route.methods().stream().anyMatch(METHODS_WITH_BODY::contains);
    return Math.min(requestBytesMax, form ? FORM_BYTES_MAX : BODILESS_BYTES_MAX);
  }

  private void dispatch(
      ServiceRequestContext context, Exchange exchange, Consumer<HttpResponse> done) {
    RequestHeaders headers = context.request().headers();
    Runnable task = () -> run(context, exchange, headers, done);
    switch (route.work()) {
      case INSTANT -> task.run();
      case QUERY -> workers.query(task);
      case INGEST -> {
        if (exchange.body().length <= INLINE_BYTES_MAX && !isCompressed(exchange)) {
          task.run();
        } else {
          workers.ingest(task);
        }
      }
    }
  }

  /** Whether the body may become larger: then its size says nothing about the work. */
  private static boolean isCompressed(Exchange exchange) {
    String coding =
        exchange
            .header("content-encoding")
            .or(() -> exchange.header("grpc-encoding"))
            .orElse("identity");
    return !coding.equalsIgnoreCase("identity");
  }

  private void run(
      ServiceRequestContext context,
      Exchange exchange,
      RequestHeaders headers,
      Consumer<HttpResponse> done) {
    try {
      var _ =
          route
              .endpoint()
              .answer(exchange)
              .whenComplete(
                  (answer, failure) -> done.accept(rendered(context, headers, answer, failure)));
    } catch (RuntimeException | Error e) {
      done.accept(failed(headers, e));
    }
  }

  /** Whatever happens there is an answer: the request's memory is given back with it. */
  private HttpResponse rendered(
      ServiceRequestContext context,
      RequestHeaders headers,
      @Nullable Answer answer,
      @Nullable Throwable failure) {
    try {
      if (answer == null || failure != null) {
        return failed(headers, failure == null ? new IllegalStateException("no answer") : failure);
      }
      return answer.stream() == null
          ? render(headers, answer)
          : stream(context, headers, answer, answer.stream());
    } catch (IOException | RuntimeException | Error e) {
      return failed(headers, e);
    }
  }

  /** A body that turns out to be short is sent as any other. */
  private HttpResponse stream(
      ServiceRequestContext context, RequestHeaders request, Answer answer, AnswerStream stream)
      throws IOException {
    ResponseHeadersBuilder headers = Responses.headers(answer);
    Cors.allow(request, policy, headers);
    if (request.method() == HttpMethod.HEAD) {
      stream.close();
      return HttpResponse.of(headers.build());
    }
    StreamedBody body = new StreamedBody(stream, coding(request, answer, headers), patience);
    byte[] whole = body.begin();
    return whole == null
        ? body.send(context, headers.build(), workers::query)
        : HttpResponse.of(headers.build(), HttpData.wrap(whole), Responses.trailers(answer));
  }

  /** How the body will be compressed, which the headers then say. */
  private static CompressedBody coding(
      RequestHeaders request, Answer answer, ResponseHeadersBuilder headers) {
    if (!answer.compressible()) {
      return CompressedBody.NONE;
    }
    headers.add(HttpHeaderNames.VARY, "Accept-Encoding");
    CompressedBody coding = CompressedBody.of(request.get(HttpHeaderNames.ACCEPT_ENCODING, ""));
    if (coding != CompressedBody.NONE) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, coding.word());
    }
    return coding;
  }

  private static Exchange exchange(
      ServiceRequestContext context,
      HttpRequest request,
      byte[] body,
      AccessPolicy.Decision.Allowed allowed,
      RequestMemory memory) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    if (contentType.startsWith("application/x-www-form-urlencoded")) {
      FormParameters.collect(new String(body, StandardCharsets.UTF_8), parameters);
    }
    FormParameters.collect(context.query() == null ? "" : context.query(), parameters);
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach((name, value) -> headers.merge(name.toString(), value, (a, b) -> a + ", " + b));
    return new Exchange(
        allowed.tenants(),
        allowed.role(),
        methodOf(request.headers()),
        context.decodedPath(),
        context.pathParams(),
        parameters,
        headers,
        body,
        memory,
        gone(context),
        clientIp(context));
  }

  private static String clientIp(ServiceRequestContext context) {
    InetSocketAddress remote = context.remoteAddress();
    return remote == null || remote.getAddress() == null
        ? ""
        : remote.getAddress().getHostAddress();
  }

  /** Ends when the request is given up, as on a closed connection, and when it was answered. */
  private static CompletionStage<?> gone(ServiceRequestContext context) {
    return CompletableFuture.anyOf(context.whenRequestCancelling(), context.log().whenComplete());
  }

  private static String methodOf(RequestHeaders headers) {
    return headers.method() == HttpMethod.HEAD ? "GET" : headers.method().name();
  }

  private HttpResponse failed(RequestHeaders headers, Throwable thrown) {
    Throwable failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (failure) {
      case RequestException e -> refuse(headers, e.status(), message(e), null, e.type(), Map.of());
      case OverloadedException e ->
          refuse(headers, e.limited() ? 429 : 503, message(e), e.retryAfter());
      case WireFormatException e -> refuse(headers, 400, message(e), Map.of());
      case QueryException e ->
          refuse(headers, statusOf(e.kind()), message(e), null, typeOf(e.kind()), Map.of());
      case com.linecorp.armeria.common.ContentTooLargeException e ->
          refuse(headers, 413, tooLarge(e.maxContentLength()), Map.of());
      case com.linecorp.armeria.common.stream.AbortedStreamException e -> HttpResponse.ofFailure(e);
      case com.linecorp.armeria.common.ClosedSessionException e -> HttpResponse.ofFailure(e);
      case com.linecorp.armeria.common.ResponseCompleteException e -> HttpResponse.ofFailure(e);
      case com.linecorp.armeria.server.RequestTimeoutException e ->
          refuse(headers, 503, "the request was not answered in time", RETRY_AFTER);
      case UncheckedIOException e -> {
        log.error("{} {} cannot read what is stored", headers.method(), route.path(), e);
        yield refuse(
            headers,
            500,
            "stored data cannot be read; the platform's log names file and place",
            Map.of());
      }
      default -> {
        log.error("{} {} failed", headers.method(), route.path(), failure);
        yield refuse(headers, 500, "an error of this platform, which its log shows", Map.of());
      }
    };
  }

  private static String tooLarge(long limitBytes) {
    return "the request's body is larger than the limit of %d bytes: send smaller batches"
        .formatted(limitBytes);
  }

  private static int statusOf(QueryException.Kind kind) {
    return switch (kind) {
      case BAD_QUERY -> 400;
      case EXECUTION, LIMIT -> 422;
      case TIMEOUT -> 503;
      case CANCELED -> 499; // nginx's "the client closed the request", as Prometheus answers
    };
  }

  private static String typeOf(QueryException.Kind kind) {
    return switch (kind) {
      case BAD_QUERY -> "bad_data";
      case EXECUTION, LIMIT -> "execution";
      case TIMEOUT -> "timeout";
      case CANCELED -> "canceled";
    };
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  private HttpResponse refuse(
      RequestHeaders headers, int status, String message, Duration retryAfter) {
    long seconds = retryAfter.plusMillis(999).toSeconds();
    return refuse(
        headers,
        status,
        message,
        retryAfter,
        "",
        Map.of("retry-after", Long.toString(Math.max(1, seconds))));
  }

  private HttpResponse refuse(
      RequestHeaders headers, int status, String message, Map<String, String> more) {
    return refuse(headers, status, message, null, "", more);
  }

  private HttpResponse refuse(
      RequestHeaders headers,
      int status,
      String message,
      @Nullable Duration retryAfter,
      String type,
      Map<String, String> more) {
    Answer answer = route.errors().answer(refused(headers, retryAfter, type), status, message);
    for (Map.Entry<String, String> header : more.entrySet()) {
      answer = answer.withHeader(header.getKey(), header.getValue());
    }
    return render(headers, answer);
  }

  private static ErrorForm.Refused refused(
      RequestHeaders headers, @Nullable Duration retryAfter, String type) {
    return new ErrorForm.Refused(
        headers.method().name(),
        headers.path(),
        headers.get(HttpHeaderNames.CONTENT_TYPE, ""),
        retryAfter,
        type);
  }

  private HttpResponse render(RequestHeaders request, Answer answer) {
    ResponseHeadersBuilder headers = Responses.headers(answer);
    Cors.allow(request, policy, headers);
    CompressedBody coding =
        answer.body().length == 0 ? CompressedBody.NONE : coding(request, answer, headers);
    if (request.method() == HttpMethod.HEAD) {
      return HttpResponse.of(headers.build());
    }
    return coding == CompressedBody.NONE
        ? Responses.of(answer, headers)
        : HttpResponse.of(
            headers.build(),
            HttpData.wrap(coding.whole(answer.body())),
            Responses.trailers(answer));
  }
}
