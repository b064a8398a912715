package io.ghostworks.server.prometheus;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code openapi.yaml}: the description of the interface, docs/openapi.yaml. */
public final class OpenApiDocument {

  private static final String TYPE = "application/yaml; charset=utf-8";

  private final byte[] document;

  private OpenApiDocument(byte[] document) {
    this.document = document;
  }

  /** The document of this build. */
  public static OpenApiDocument bundled() {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is missing from the class path");
      }
      return new OpenApiDocument(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .get(
            "/api/v1/openapi.yaml",
            Permission.READ,
            Route.Work.QUERY,
            exchange ->
                CompletableFuture.completedFuture(
                    new Answer(
                        200,
                        TYPE,
                        document,
                        Map.of("cache-control", "no-cache, no-store, must-revalidate"))));
  }
}
