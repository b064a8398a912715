package io.ghostworks.server.http;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.access.Tokens;
import io.ghostworks.server.settings.ListenerName;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One listener with given routes on a free port, ready at once. */
public final class TestListener implements AutoCloseable {

  private final EventLoopGroup eventLoops = EventLoopGroups.newEventLoopGroup(1, "test", true);
  private final Workers workers = new Workers(1, 1);
  private final Listener listener;

  /**
   * @param folder for the tokens
   */
  public TestListener(ListenerName name, Routes routes, Path folder) throws IOException {
    Duration patience = Duration.ofSeconds(20);
    Readiness readiness = new Readiness();
    readiness.setReady();
    listener =
        Listener.start(
            name,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            routes,
            "",
            new Listener.Shared(
                new AccessPolicy(
                    Tokens.open(folder, new SecureRandom()), TenantId.DEFAULT, List.of(), false),
                readiness,
                workers,
                eventLoops,
                new ListenerLimits(1 << 20, patience, patience, patience, patience, 100),
                new MemoryLedger().open("requests", 1 << 24),
                Optional.empty(),
                (route, method, status, startNanos, durationNanos, parent) -> {}));
  }

  public InetSocketAddress address() {
    return listener.address();
  }

  @Override
  public void close() {
    listener.stop().join();
    workers.close();
    var _ = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
