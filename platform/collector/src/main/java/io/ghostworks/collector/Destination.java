package io.ghostworks.collector;

import io.ghostworks.collector.config.Endpoints;
import java.util.Locale;
import java.util.Set;

/** Decides whether an address that a file names is this process. */
public final class Destination {
  private static final Set<String> STACK =
      Set.of("jaeger", "tempo", "zipkin", "loki", "prometheus", "alertmanager");
  private static final Set<String> LOOPBACK =
      Set.of("", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::");

  private Destination() {}

  /**
   * Whether an address is this process: one of its own ports on this machine, or the name of a
   * program that it stands for, where that name is neither mapped nor resolvable.
   */
  public static boolean isHere(String hostAndPort, Surroundings around) {
    String mapped = around.hosts().resolve(hostAndPort);
    String host = Endpoints.host(mapped).toLowerCase(Locale.ROOT);
    if (LOOPBACK.contains(host)) {
      return around.ownPorts().contains(Endpoints.port(mapped));
    }
    return STACK.contains(host)
        && !around.hosts().has(hostAndPort)
        && !around.resolves().test(host);
  }
}
