package io.ghostworks.server.alerts;

import io.ghostworks.server.http.Views;
import io.ghostworks.server.settings.HeartbeatSettings;
import io.ghostworks.wire.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One heartbeat on its way; what it says of a failure has no secret in it. */
record HeartbeatRequest(Heartbeat.Identity identity, HeartbeatSettings settings) {

  private static final int ANSWER_BYTES_MAX = 16 << 10;
  private static final int REDIRECTS_MAX = 10;
  private static final long URL_FILE_BYTES_MAX = 64 << 10;

  /** Why it failed; null if it got through. */
  @Nullable String send(Heartbeat.Exchange http, long nowNanos) {
    String url = "";
    try {
      url = url();
      int status = http.send(call(url, nowNanos));
      return status / 100 == 2 ? null : "unexpected status code " + status;
    } catch (IOException | IllegalArgumentException e) {
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return url.isEmpty() ? message : message.replace(url, origin(url));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private String url() throws IOException {
    if (settings.urlFile().isEmpty()) {
      return settings.url().reveal();
    }
    Path file = Path.of(settings.urlFile());
    if (Files.size(file) > URL_FILE_BYTES_MAX) {
      throw new IOException("%s is larger than a URL".formatted(file));
    }
    return Files.readString(file).strip();
  }

  private HttpCall call(String url, long nowNanos) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("User-Agent", "Ghostworks/" + identity.version()));
    boolean post = settings.method().equals("POST");
    if (post) {
      headers.add(Map.entry("Content-Type", "application/json"));
    }
    return new HttpCall(
        settings.method(),
        URI.create(url),
        headers,
        post ? message(nowNanos) : new byte[0],
        settings.timeout(),
        ANSWER_BYTES_MAX,
        REDIRECTS_MAX);
  }

  private byte[] message(long nowNanos) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("status", "firing");
    message.put("alertname", "GhostworksHeartbeat");
    message.put("instance", identity.instance());
    message.put("version", identity.version());
    message.put("externalURL", identity.externalUrl());
    message.put("sentAt", Instant.ofEpochSecond(0, nowNanos).toString());
    return Views.bytes(message);
  }

  /** Where beats go, for people to read. */
  static String target(HeartbeatSettings settings) {
    return settings.urlFile().isEmpty()
        ? origin(settings.url().reveal())
        : "as " + settings.urlFile() + " says";
  }

  /** An address without what may be secret in it. */
  private static String origin(String url) {
    try {
      URI uri = new URI(url);
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return uri.getScheme() + "://" + uri.getHost() + port;
    } catch (java.net.URISyntaxException e) {
      return "an address that is no URL";
    }
  }
}
