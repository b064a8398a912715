package io.ghostworks.server.grafana;

import io.ghostworks.dashboards.document.Slug;
import java.time.Instant;

/**
 * Where people find what the API tells of.
 *
 * @param pathPrefix under which they reach the platform, "" or without a slash at its end
 */
record Addresses(String pathPrefix) {

  String dashboard(String uid, String slug) {
    return pathPrefix + "/d/" + uid + "/" + slug;
  }

  String folder(String uid, String title) {
    return pathPrefix + "/dashboards/f/" + uid + "/" + Slug.of(title);
  }

  /** A time as Grafana writes it. */
  static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).toString();
  }
}
