package io.ghostworks.alertmanager.notify;

import io.ghostworks.runtime.time.Clock;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.client.ClientSettings;
import io.ghostworks.wire.client.ConfiguredHttp;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.HttpAnswer;
import io.ghostworks.wire.http.HttpCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * Sends requests to receivers with a client for each of the settings in use; one that nobody used
 * for a while is closed.
 */
public final class OutboundTransport implements HttpTransport, AutoCloseable {

  private static final int ANSWER_BYTES_MAX = 1 << 20;
  private static final int REDIRECTS_MAX = 10;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();

  private final HostMap hosts;
  private final Clock clock;
  private final Map<ClientSettings, Client> clients = new HashMap<>();

  public OutboundTransport(HostMap hosts, Clock clock) {
    this.hosts = hosts;
    this.clock = clock;
  }

  /** A client and who uses it. */
  private static final class Client {
    private final ConfiguredHttp http;
    private int users;
    private long usedNanos;

    Client(ConfiguredHttp http) {
      this.http = http;
    }
  }

  @Override
  public Answer send(Request request, ClientSettings settings)
      throws IOException, InterruptedException {
    Client client = take(settings);
    try {
      return answer(
          client.http.send(
              new HttpCall(
                  request.method(),
                  request.uri(),
                  request.headers(),
                  request.body(),
                  request.timeout(),
                  ANSWER_BYTES_MAX,
                  REDIRECTS_MAX)));
    } catch (WireFormatException e) {
      throw new IOException("the answer cannot be read: " + e.getMessage(), e);
    } finally {
      release(client);
    }
  }

  private static Answer answer(HttpAnswer answer) {
    Map<String, String> headers = new HashMap<>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Answer(answer.status(), headers, new String(answer.body(), StandardCharsets.UTF_8));
  }

  private synchronized Client take(ClientSettings settings) {
    long now = clock.monotonicNanos();
    closeIdle(now);
    Client client =
        clients.computeIfAbsent(
            settings,
            fresh -> new Client(new ConfiguredHttp(fresh, hosts, CONNECT_TIMEOUT, clock)));
    client.users++;
    client.usedNanos = now;
    return client;
  }

  private synchronized void release(Client client) {
    client.users--;
    client.usedNanos = clock.monotonicNanos();
  }

  private void closeIdle(long nowNanos) {
    for (Iterator<Client> all = clients.values().iterator(); all.hasNext(); ) {
      Client client = all.next();
      if (client.users == 0 && nowNanos - client.usedNanos > IDLE_NANOS) {
        all.remove();
        client.http.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(client -> client.http.close());
    clients.clear();
  }
}
