package io.ghostworks.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.access.Tokens;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Listener;
import io.ghostworks.server.http.ListenerLimits;
import io.ghostworks.server.http.Readiness;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Workers;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.web.HealthRoutes;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The OTLP receivers on free ports, over sinks that do what a test says. */
final class OtlpListener implements AutoCloseable {

  static final int REQUEST_BYTES_MAX = 256 * 1024;
  static final Duration RETRY_AFTER = Duration.ofMillis(2_500);

  /** What the sinks do. */
  enum Mood {
    TAKE_ALL,
    REFUSE_TWO,
    OVERLOADED,
    BROKEN
  }

  private final EventLoopGroup eventLoops = EventLoopGroups.newEventLoopGroup(1, "test", true);
  private final Workers workers = new Workers(1, 1);
  private final Listener http;
  private final Listener grpc;
  private final Readiness readiness = new Readiness();
  private final MemoryBudget requests;
  private final Queue<String> observed = new ConcurrentLinkedQueue<>();
  private volatile Mood mood = Mood.TAKE_ALL;
  private volatile TenantId lastTenant = TenantId.DEFAULT;

  /** Ready, and with limits that tests do not meet by chance. */
  OtlpListener(Path folder) throws IOException {
    this(folder, limits(REQUEST_BYTES_MAX, Duration.ofSeconds(10)), 1L << 30);
    ready();
  }

  /** Not ready before {@link #ready}. */
  OtlpListener(Path folder, ListenerLimits limits, long requestMemoryBytes) throws IOException {
    requests = new MemoryLedger().open("requests", requestMemoryBytes);
    Listener.Shared shared =
        new Listener.Shared(
            new AccessPolicy(
                Tokens.open(folder, new SecureRandom()),
                TenantId.DEFAULT,
                List.of("https://app.example"),
                false),
            readiness,
            workers,
            eventLoops,
            limits,
            requests,
            Optional.empty(),
            (route, method, status, startNanos, durationNanos, parent) ->
                observed.add(route.path() + " " + status));
    OtlpIngest ingest = new OtlpIngest(sink(), sink(), sink(), new PlatformMetrics());
    Routes routes = new Routes();
    HealthRoutes.add(routes, readiness);
    Bodies bodies = new Bodies(limits.requestBytesMax());
    new OtlpHttp(ingest, bodies).addTo(routes);
    new OtlpGrpc(ingest, bodies).addTo(routes);
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    http = Listener.start(ListenerName.OTLP_HTTP, free, routes, "", shared);
    grpc = Listener.start(ListenerName.OTLP_GRPC, free, routes, "", shared);
  }

  private <B> TelemetrySink<B> sink() {
    return (tenant, batch) -> {
      lastTenant = tenant;
      return switch (mood) {
        case TAKE_ALL -> CompletableFuture.completedFuture(Acknowledgement.accepted(1));
        case REFUSE_TWO ->
            CompletableFuture.completedFuture(
                new Acknowledgement(
                    1, List.of(new Rejection(Rejection.Reason.TOO_OLD, 2, "from last year"))));
        case OVERLOADED ->
            CompletableFuture.failedFuture(
                new OverloadedException("the journal is full", RETRY_AFTER));
        case BROKEN -> CompletableFuture.failedFuture(new IllegalStateException("a bug"));
      };
    };
  }

  static ListenerLimits limits(long requestBytesMax, Duration patience) {
    return new ListenerLimits(requestBytesMax, patience, patience, patience, patience, 1_000);
  }

  /** Waits for what other threads do a moment after an answer. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  void ready() {
    readiness.setReady();
  }

  /** What all requests hold. */
  MemoryBudget requests() {
    return requests;
  }

  /** Path and status of each request that was answered. */
  Queue<String> observed() {
    return observed;
  }

  void set(Mood next) {
    mood = next;
  }

  TenantId lastTenant() {
    return lastTenant;
  }

  InetSocketAddress http() {
    return http.address();
  }

  InetSocketAddress grpc() {
    return grpc.address();
  }

  @Override
  public void close() {
    CompletableFuture.allOf(http.stop(), grpc.stop()).join();
    workers.close();
    eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
