package io.ghostworks.server.http;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.settings.ListenerName;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One bound port with its routes. */
public final class Listener implements BoundPort {

  private static final int HEADER_BYTES_MAX = 32 * 1024;
  private static final int STREAMS_MAX = 256;
  private static final Duration STOP_TIME = Duration.ofSeconds(5);

  /** What stands before a gRPC message: whether it is compressed, and its length. */
  private static final int GRPC_PREFIX_BYTES = 5;

  private final ListenerName name;
  private final Server server;

  private Listener(ListenerName name, Server server) {
    this.name = name;
    this.server = server;
  }

  /** What all listeners share. */
  public record Shared(
      AccessPolicy policy,
      Readiness readiness,
      Workers workers,
      EventLoopGroup eventLoops,
      ListenerLimits limits,
      MemoryBudget requestMemory,
      Optional<Tls> tls,
      RequestObserver observer) {}

  /** Certificate chain and private key, both PEM. */
  public record Tls(Path certificate, Path key) {}

  /**
   * Binds and serves.
   *
   * @param pathPrefix "" or a path without a slash at its end under which the routes are answered
   *     too
   * @throws BindException if the port is taken or the address is not this machine's
   */
  public static Listener start(
      ListenerName name, InetSocketAddress address, Routes routes, String pathPrefix, Shared shared)
      throws IOException {
    ListenerLimits limits = shared.limits();
    HeadDeadlines heads = new HeadDeadlines(limits.headTime());
    ServerBuilder builder = Server.builder();
    if (shared.tls().isPresent()) {
      builder.tls(
          com.linecorp.armeria.common.TlsKeyPair.of(
              shared.tls().get().key().toFile(), shared.tls().get().certificate().toFile()));
    }
    builder
        .port(
            new ServerPort(
                address, shared.tls().isPresent() ? SessionProtocol.HTTPS : SessionProtocol.HTTP))
        .workerGroup(shared.eventLoops(), false)
        .childChannelPipelineCustomizer(heads::watch)
        .decorator(heads)
        .maxRequestLength(requestBytesMax(name, limits))
        .errorHandler(new ProtocolErrors(routes.unknownPaths(name)))
        .requestTimeout(limits.requestTime())
        .idleTimeout(limits.idleTime())
        .maxNumConnections(limits.connectionsMax())
        .http2MaxStreamsPerConnection(STREAMS_MAX)
        .http1MaxInitialLineLength(HEADER_BYTES_MAX)
        .http1MaxHeaderSize(HEADER_BYTES_MAX)
        .http2MaxHeaderListSize(HEADER_BYTES_MAX)
        .disableServerHeader()
        .meterRegistry(NoopMeterRegistry.get())
        .gracefulShutdownTimeout(Duration.ZERO, STOP_TIME);
    addRoutes(builder, routes.of(name), pathPrefix, requestBytesMax(name, limits), shared);
    routes
        .unknownPaths(name)
        .forEach((path, errors) ->
            addUnknown(
                builder,
                path,
                hasRoute(routes, name, path + "/"),
                pathPrefix,
                new UnknownPaths(errors, shared.policy())));
    Server server = builder.build();
    try {
      server.start().join();
    } catch (CompletionException e) {
      server.close();
      throw bindFailure(name, address, e);
    }
    return new Listener(name, server);
  }

  private static long requestBytesMax(ListenerName name, ListenerLimits limits) {
    return limits.requestBytesMax() + (name.isGrpc() ? GRPC_PREFIX_BYTES : 0);
  }

  private static void addRoutes(
      ServerBuilder builder,
      List<Route> routes,
      String pathPrefix,
      long requestBytesMax,
      Shared shared) {
    Map<String, MethodServices> byPath = new LinkedHashMap<>();
    Map<String, HttpService> sockets = new HashMap<>();
    for (Route route : routes) {
      MethodServices ofPath = byPath.computeIfAbsent(route.path(), path -> new MethodServices());
      RouteService service = new RouteService(route, requestBytesMax, shared);
      ofPath.add(route, service);
      if (route.endpoint() instanceof SocketEndpoint) {
        sockets.put(route.path(), new SocketService(service, ofPath));
      }
    }
    byPath.forEach((path, service) -> {
      add(builder, path, pathPrefix, sockets.getOrDefault(path, service));
      String slashed = path + "/";
      if (!path.endsWith("/") && !path.contains("{*") && !byPath.containsKey(slashed)) {
        add(builder, slashed, pathPrefix, new TrailingSlash());
      }
    });
  }

  private static void add(
      ServerBuilder builder, String path, String pathPrefix, HttpService service) {
    builder.service(path, service);
    if (!pathPrefix.isEmpty()) {
      builder.service(pathPrefix + path, service);
    }
  }

  private static boolean hasRoute(Routes routes, ListenerName name, String path) {
    return routes.of(name).stream().anyMatch(route -> route.path().equals(path));
  }

  private static void addUnknown(
      ServerBuilder builder, String path, boolean served, String pathPrefix, UnknownPaths service) {
    Set<String> prefixes = pathPrefix.isEmpty() ? Set.of("") : Set.of("", pathPrefix);
    for (String prefix : prefixes) {
      if (!path.isEmpty()) {
        builder.service(prefix + path, service);
      }
      if (!served) {
        builder.service(prefix + path + "/", service);
      }
      builder.service(prefix + path + "/{*rest}", service);
    }
  }

  private static IOException bindFailure(
      ListenerName name, InetSocketAddress address, CompletionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    BindException failure =
        new BindException(
            "the port %d of the listener '%s' cannot be bound at %s: %s"
                .formatted(
                    address.getPort(), name.word(), address.getHostString(), cause.getMessage()));
    failure.initCause(cause);
    return failure;
  }

  public ListenerName name() {
    return name;
  }

  @Override
  public InetSocketAddress address() {
    ServerPort port = server.activePort();
    if (port == null) {
      throw new IllegalStateException("the listener '%s' is closed".formatted(name.word()));
    }
    return port.localAddress();
  }

  @Override
  public CompletableFuture<Void> stop() {
    return server.stop();
  }
}
