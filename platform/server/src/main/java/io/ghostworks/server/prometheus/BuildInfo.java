package io.ghostworks.server.prometheus;

/** What {@code buildinfo} and {@code /version} say. */
final class BuildInfo {

  /** Clients choose what they ask for by the version of Prometheus whose interface this is. */
  static final String PROMETHEUS_VERSION = "3.14.0";

  private BuildInfo() {}

  static void write(GoJson json, String version) {
    json.object().name("version").text(PROMETHEUS_VERSION);
    json.name("revision").text("ghostworks-" + version).name("branch").text("");
    json.name("buildUser").text("").name("buildDate").text("").name("goVersion").text("");
    json.endObject();
  }
}
