package io.ghostworks.server.tempo;

import io.ghostworks.config.DurationForm;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.grpc.GrpcStream;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.TraceQueryLimits;
import io.ghostworks.traceql.metrics.MetricsAnswer;
import io.ghostworks.traceql.metrics.MetricsEngine;
import io.ghostworks.traceql.metrics.MetricsOptions;
import io.ghostworks.traceql.metrics.MetricsRequest;
import io.ghostworks.traceql.metrics.MetricsTimes;
import io.ghostworks.wire.otlp.TempoMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /api/metrics/query_range} and {@code /api/metrics/query}: series computed from spans. */
final class MetricsApi {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NEWEST_NANOS = 15 * 60 * NANOS_PER_SECOND;

  /** Functions whose series depend on all steps. */
  private static final Pattern OVER_ALL_STEPS = Pattern.compile("compare\\s*\\(");

  private static final Pattern NOT_A_NUMBER = Pattern.compile("(?i)nan");
  private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(inity)?");

  private final TempoEndpoints endpoints;

  MetricsApi(TempoEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
                "/api/metrics/query_range",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.evaluation(MetricsApi::range))
            .getOrForm(
                "/api/metrics/query",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.evaluation(MetricsApi::instant));
  }

  private static Answer range(TempoRequest request) {
    return Replies.of(
        request.exchange(),
        TempoMessage.QUERY_RANGE,
        MetricsMessage.range(engine(request).range(read(request, false), request.context())));
  }

  private static Answer instant(TempoRequest request) {
    return Replies.of(
        request.exchange(), TempoMessage.QUERY_INSTANT, MetricsMessage.instant(instantly(request)));
  }

  /** Sends the newest steps of a long range first, then all. */
  static void streamRange(TempoRequest request, GrpcStream messages) {
    MetricsRequest whole = read(request, false);
    MetricsEngine engine = engine(request);
    newest(whole, request.limits())
        .map(part -> engine.range(part, request.context()))
        .ifPresent(part -> messages.send(MetricsMessage.range(part).toByteArray()));
    messages.send(MetricsMessage.range(engine.range(whole, request.context())).toByteArray());
  }

  /** The newest steps of a range, where they say the same alone and there are others. */
  private static Optional<MetricsRequest> newest(MetricsRequest whole, TraceQueryLimits limits) {
    long range = whole.endNanos() - whole.startNanos();
    long rangeMax = limits.metricsDurationMax().toNanos();
    long step =
        whole.stepNanos() > 0
            ? whole.stepNanos()
            : MetricsTimes.defaultStepNanos(whole.startNanos(), whole.endNanos());
    long from = (whole.endNanos() - NEWEST_NANOS) / step * step;
    if (from - whole.startNanos() < NEWEST_NANOS
        || (rangeMax > 0 && range > rangeMax)
        || range / step > MetricsOptions.DEFAULT.stepsMax()
        || OVER_ALL_STEPS.matcher(whole.query()).find()) {
      return Optional.empty();
    }
    return Optional.of(
        new MetricsRequest(
            whole.query(), from, whole.endNanos(), step, whole.exemplars(), whole.seriesMax()));
  }

  static void streamInstant(TempoRequest request, GrpcStream messages) {
    messages.send(MetricsMessage.instant(instantly(request)).toByteArray());
  }

  private static MetricsAnswer instantly(TempoRequest request) {
    return engine(request).instant(read(request, true), request.context());
  }

  private static MetricsEngine engine(TempoRequest request) {
    TraceQueryLimits limits = request.limits();
    return new MetricsEngine(
        request.records(),
        new MetricsOptions(
            limits.metricsDurationMax(),
            MetricsOptions.DEFAULT.stepsMax(),
            MetricsOptions.DEFAULT.exemplarsMax(),
            limits.seriesMax() == 0 ? Integer.MAX_VALUE : limits.seriesMax()));
  }

  private static MetricsRequest read(TempoRequest request, boolean instant) {
    Exchange exchange = request.exchange();
    String query = exchange.parameter("q").or(() -> exchange.parameter("query")).orElse("");
    MetricsRequest read;
    try {
      TempoTimes.Range range = TempoTimes.metrics(exchange, request.clock());
      read =
          new MetricsRequest(
              query,
              range.startNanos(),
              range.endNanos(),
              instant ? 0L : step(exchange, range),
              whole(exchange, "exemplars"),
              whole(exchange, "maxSeries"));
    } catch (RequestException e) {
      throw new RequestException(400, "rpc error: code = Code(400) desc = " + e.getMessage(), e);
    }
    long range = read.endNanos() - read.startNanos();
    if (!instant && read.stepNanos() == 0 && read.startNanos() > 0 && range > 0) {
      throw RequestException.bad(
          "step of 0s is too small, minimum step for given range is "
              + TempoTimes.shown(Duration.ofNanos(range / MetricsOptions.DEFAULT.stepsMax())));
    }
    return read;
  }

  /** A number; what is none counts as absent, as in Tempo. */
  private static int whole(Exchange exchange, String name) {
    try {
      return (int) Math.min(GoNumbers.unsigned(exchange, name).orElse(0), Integer.MAX_VALUE);
    } catch (RequestException e) {
      return 0;
    }
  }

  private static long step(Exchange exchange, TempoTimes.Range range) {
    long step = exchange.parameter("step").map(MetricsApi::step).orElse(-1L);
    return step < 0 ? MetricsTimes.defaultStepNanos(range.startNanos(), range.endNanos()) : step;
  }

  private static long step(String text) {
    long nanos;
    try {
      if (NOT_A_NUMBER.matcher(text).matches()) {
        throw RequestException.bad(
            "cannot parse %s: step must be positive".formatted(GoNumbers.quoted(text)));
      }
      if (INFINITE.matcher(text).matches()) {
        throw RequestException.bad(
            "cannot parse %s to a valid duration. It overflows int64"
                .formatted(GoNumbers.quoted(text)));
      }
      nanos =
          text.matches("[0-9.eE+-]+")
              ? new BigDecimal(text).multiply(BigDecimal.valueOf(NANOS_PER_SECOND)).longValueExact()
              : text.startsWith("-")
                  ? -DurationForm.GO.parse(text.substring(1)).toNanos()
                  : DurationForm.GO.parse(text).toNanos();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new RequestException(
          400, "cannot parse %s to a valid duration".formatted(GoNumbers.quoted(text)), e);
    }
    if (nanos < 0) {
      throw RequestException.bad(
          "cannot parse %s: step must be positive".formatted(GoNumbers.quoted(text)));
    }
    return nanos;
  }
}
