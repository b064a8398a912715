package io.ghostworks.server.tempo;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.util.concurrent.CompletableFuture;

/** {@code /api/echo}, {@code buildinfo} and {@code /status}, and what there is not. */
final class StatusApi {

  /** Clients choose what they ask for by the version of Tempo whose interface this is. */
  private static final String TEMPO_VERSION = "3.0.3";

  private static final String NO_OVERRIDES =
      "limits of tenants are set in ghostworks.yml ('limits.tenants'), not by requests";

  private final String version;

  /**
   * @param version of this platform
   */
  StatusApi(String version) {
    this.version = version;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.get("/api/echo", Permission.READ, Route.Work.INSTANT, text("echo\n"))
            .get("/api/status/buildinfo", Permission.READ, Route.Work.INSTANT, buildInfo())
            .get("/status", Permission.READ, Route.Work.INSTANT, text(version()))
            .get("/status/version", Permission.READ, Route.Work.INSTANT, text(version()))
            .get(
                "/status/usage-stats",
                Permission.READ,
                Route.Work.INSTANT,
                text("usage-stats is not enabled\n"))
            .get("/api/overrides", Permission.READ, Route.Work.INSTANT, refused());
  }

  private String version() {
    return "GET /status/version\ntempo, version %s (revision: ghostworks-%s)\n\n"
        .formatted(TEMPO_VERSION, version);
  }

  private static Endpoint text(String text) {
    return exchange -> CompletableFuture.completedFuture(Answer.text(200, text));
  }

  private static Endpoint refused() {
    return exchange -> {
      throw new RequestException(404, NO_OVERRIDES);
    };
  }

  private Endpoint buildInfo() {
    byte[] json =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("version", TEMPO_VERSION);
          out.writeStringField("revision", "ghostworks-" + version);
          out.writeStringField("branch", "");
          out.writeStringField("buildUser", "");
          out.writeStringField("buildDate", "");
          out.writeStringField("goVersion", "");
          out.writeEndObject();
        });
    return exchange -> CompletableFuture.completedFuture(Answer.json(200, json));
  }
}
