package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code heartbeat}. */
final class HeartbeatReader {

  private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
  private static final Duration INTERVAL_MAX = Duration.ofDays(1);
  private static final Duration TIMEOUT_MIN = Duration.ofMillis(100);
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);

  private HeartbeatReader() {}

  /** Empty where the section is not there. */
  static Optional<HeartbeatSettings> read(ConfigMap root, Path folder) {
    return root.map("heartbeat").map(map -> section(map, folder));
  }

  private static HeartbeatSettings section(ConfigMap map, Path folder) {
    Secret url = map.findSecret("url").orElse(Secret.of(""));
    String file =
        map.findString("url_file").map(name -> folder.resolve(name).toString()).orElse("");
    if (url.isEmpty() == file.isEmpty()) {
      map.error("must have one of url and url_file", "write the URL that expects the beats");
    }
    if (!url.isEmpty() && !isHttp(url.reveal())) {
      map.find("url")
          .ifPresent(node ->
              map.findings()
                  .errorWithoutValue(
                      node, "must be a URL that begins with http:// or https://", ""));
    }
    HeartbeatSettings settings =
        new HeartbeatSettings(
            url,
            file,
            within(map, "interval", Duration.ofMinutes(1), INTERVAL_MIN, INTERVAL_MAX),
            map.oneOf("method", "POST", List.of("POST", "GET")),
            within(map, "timeout", Duration.ofSeconds(10), TIMEOUT_MIN, TIMEOUT_MAX));
    map.rejectUnknownKeys();
    return settings;
  }

  private static Duration within(
      ConfigMap map, String key, Duration absent, Duration min, Duration max) {
    Duration duration = map.duration(key, DurationForm.PROMETHEUS, absent);
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      map.error(
          key,
          "must be from %s to %s"
              .formatted(DurationForm.PROMETHEUS.format(min), DurationForm.PROMETHEUS.format(max)),
          "");
      return absent;
    }
    return duration;
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
