package io.ghostworks.server.wiring;

import io.ghostworks.server.http.BoundPort;
import io.ghostworks.server.http.Listener;
import io.ghostworks.server.http.PacketListener;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the listeners: a required one that cannot be bound ends the start, another one is skipped
 * and said so.
 */
final class Listeners implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  /** Room for some datagrams that come at once; the system may give less. */
  private static final int PACKET_BUFFER_BYTES = 4 << 20;

  private final Map<ListenerName, BoundPort> bound = new EnumMap<>(ListenerName.class);
  private final Map<ListenerName, String> skipped = new EnumMap<>(ListenerName.class);
  private final Map<ListenerName, InetSocketAddress> wanted = new EnumMap<>(ListenerName.class);

  private Listeners() {}

  static Listeners start(
      List<ListenerName> names,
      Routes routes,
      ServeOptions options,
      Settings settings,
      Set<ListenerName> openDatagrams,
      Listener.Shared shared) {
    Listeners listeners = new Listeners();
    InetAddress host = host(options.listenHost());
    for (ListenerName name : names) { // All of them before the first is bound.
      boolean inside = name.isDatagrams() && !openDatagrams.contains(name);
      InetAddress at = inside ? loopback(host) : host;
      listeners.wanted.put(name, new InetSocketAddress(at, port(name, options, settings)));
    }
    for (ListenerName name : names) {
      InetSocketAddress address = listeners.wanted(name);
      String prefix = name == ListenerName.WEB ? options.pathPrefix() : "";
      try {
        listeners.bound.put(
            name,
            name.isDatagrams()
                ? PacketListener.start(name, address, PACKET_BUFFER_BYTES, routes.packetsOf(name))
                : Listener.start(name, address, routes, prefix, shared));
      } catch (IOException e) {
        if (name.required() || settings.listen().ports().containsKey(name.word())) {
          listeners.close();
          throw new StartException(
              e.getMessage()
                  + ": stop what uses it, or move all ports with --port-offset N, or this one with"
                  + " listen.ports."
                  + name.word(),
              e);
        }
        log.warn("listener {} skipped: {}", name.word(), e.getMessage());
        listeners.skipped.put(name, String.valueOf(e.getMessage()));
      }
    }
    return listeners;
  }

  /** Datagrams carry no token: what is not this machine is only heard where a file says so. */
  private static InetAddress loopback(InetAddress host) {
    return host.isLoopbackAddress() ? host : InetAddress.getLoopbackAddress();
  }

  private static InetAddress host(String name) {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new StartException(
          "--listen must be an address of this machine, got '%s': %s"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  private static int port(ListenerName name, ServeOptions options, Settings settings) {
    if (options.ephemeralPorts()) {
      return 0;
    }
    int port = settings.listen().ports().getOrDefault(name.word(), name.defaultPort());
    int shifted = port == 0 ? 0 : port + options.portOffset();
    if (shifted > 65_535) {
      throw new StartException(
          "--port-offset %d moves the port %d of '%s' beyond 65535: choose a smaller offset"
              .formatted(options.portOffset(), port, name.word()));
    }
    return shifted;
  }

  /** Where each bound listener listens. */
  Map<ListenerName, InetSocketAddress> addresses() {
    Map<ListenerName, InetSocketAddress> addresses = new EnumMap<>(ListenerName.class);
    bound.forEach((name, listener) -> addresses.put(name, listener.address()));
    return addresses;
  }

  /** Why each skipped listener was skipped. */
  Map<ListenerName, String> skipped() {
    return Map.copyOf(skipped);
  }

  /** The address that a skipped listener wanted. */
  InetSocketAddress wanted(ListenerName name) {
    InetSocketAddress address = wanted.get(name);
    if (address == null) {
      throw new IllegalArgumentException(
          "the listener '%s' was never wanted".formatted(name.word()));
    }
    return address;
  }

  @Override
  public void close() {
    CompletableFuture.allOf(
            bound.values().stream().map(BoundPort::stop).toArray(CompletableFuture[]::new))
        .join();
    bound.clear();
  }
}
