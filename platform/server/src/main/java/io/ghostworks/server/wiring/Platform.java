package io.ghostworks.server.wiring;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.access.Tokens;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Listener;
import io.ghostworks.server.http.Readiness;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Workers;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.settings.SettingsReader;
import io.ghostworks.server.web.HealthRoutes;
import io.ghostworks.server.web.WebFiles;
import io.ghostworks.storage.directory.DataDirectory;
import io.ghostworks.storage.directory.DataDirectoryException;
import io.ghostworks.storage.file.DiskFileSystem;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running platform: everything constructed, connected and started, and closed in the reverse
 * order.
 */
public final class Platform implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Platform.class);

  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
  private final Readiness readiness = new Readiness();
  private final ServeOptions options;
  private final Settings settings;
  private boolean closed;

  private Platform(ServeOptions options, Settings settings) {
    this.options = options;
    this.settings = settings;
  }

  /**
   * Starts the platform and returns when it is ready.
   *
   * @throws StartException if its operator has to mend something first
   * @throws io.ghostworks.config.ConfigException if a file says something that cannot be served
   */
  public static Platform start(ServeOptions options) {
    Findings findings = new Findings();
    Settings settings =
        options
            .config()
            .map(file -> SettingsReader.read(file, findings))
            .orElseGet(SettingsReader::defaults);
    findings.throwIfNotServable();
    Platform platform = new Platform(options, settings);
    try {
      platform.startAll();
      return platform;
    } catch (IOException e) {
      platform.close();
      throw new StartException(
          "the data directory %s cannot be used: %s".formatted(options.data(), e.getMessage()), e);
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  private void startAll() throws IOException {
    Path data = options.data().toAbsolutePath().normalize();
    openDirectory(data);
    Tokens tokens = Tokens.open(data, new SecureRandom());
    TenantId operator = new TenantId(settings.tenants().operator());
    AccessPolicy policy = new AccessPolicy(tokens, operator, settings.listen().origins());
    Workers workers = closing(new Workers(Runtime.getRuntime().availableProcessors()));
    EventLoopGroup eventLoops = EventLoopGroups.newEventLoopGroup(2, "http", true);
    closing(() -> eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly());
    Routes routes = new Routes();
    addRoutes(routes);
    Listener.Shared shared =
        new Listener.Shared(
            policy,
            readiness,
            workers,
            eventLoops,
            settings.limits().requestBytesMax(),
            settings.limits().queryTimeout().plus(Duration.ofSeconds(10)),
            options.tls());
    Listeners listeners =
        closing(
            Listeners.start(
                List.of(ListenerName.values()), routes, Map.of(), options, settings, shared));
    addresses = listeners.addresses();
    RunFile.write(data, addresses);
    closing(() -> RunFile.delete(data));
    readiness.setReady();
    log.info("ready");
  }

  private Map<ListenerName, InetSocketAddress> addresses = Map.of();

  private void openDirectory(Path data) {
    try {
      closing(DataDirectory.open(new DiskFileSystem(), data, ProcessHandle.current().pid()));
    } catch (DataDirectoryException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void addRoutes(Routes routes) {
    HealthRoutes.add(routes, readiness);
    WebFiles files = new WebFiles(options.pathPrefix());
    routes
        .api(ListenerName.WEB, "", ErrorForm.TEXT)
        .get("/", Permission.PUBLIC, Route.Work.INSTANT, files::answer)
        .get("/{*rest}", Permission.PUBLIC, Route.Work.INSTANT, files::answer);
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    closeables.push(closeable);
    return closeable;
  }

  /** Where a listener listens. */
  public InetSocketAddress address(ListenerName name) {
    InetSocketAddress address = addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException("the listener '%s' is not bound".formatted(name.word()));
    }
    return address;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!closeables.isEmpty()) {
      AutoCloseable closeable = closeables.pop();
      try {
        closeable.close();
      } catch (Exception e) {
        log.error("closing {} failed", closeable.getClass().getSimpleName(), e);
      }
    }
  }
}
