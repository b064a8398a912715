package io.ghostworks.server.web;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The web application, from the class path. A path without a file that is no asset is a page of the
 * application, which has one document; its {@code base} is the path prefix of the external URL.
 */
public final class WebFiles {

  private static final String FOLDER = "/io/ghostworks/ui/web/";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"));
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none';"
          + " base-uri 'self'; frame-ancestors 'self'";

  private final String base;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /**
   * @param pathPrefix of the external URL, "" or without a slash at its end
   */
  public WebFiles(String pathPrefix) {
    this.base = pathPrefix + "/";
  }

  /** Answers a file, or the application's document. */
  public CompletionStage<Answer> answer(Exchange exchange) {
    String path = exchange.path();
    String relative = path.startsWith(base) ? path.substring(base.length()) : path.substring(1);
    return CompletableFuture.completedFuture(file(relative));
  }

  private Answer file(String relative) {
    int dot = relative.lastIndexOf('.');
    String type = dot < 0 ? null : TYPES.get(relative.substring(dot + 1));
    byte[] content = type == null || relative.contains("..") ? null : read(relative);
    if (content != null && type != null && !relative.equals("index.html")) {
      return new Answer(
          200,
          type,
          content,
          Map.of(
              "cache-control",
              relative.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
              "x-content-type-options",
              "nosniff"));
    }
    if (relative.startsWith("assets/")) {
      return Answer.text(404, "there is no file '%s'\n".formatted(relative));
    }
    byte[] document = read("index.html");
    if (document == null) {
      return Answer.text(404, "this build has no web application\n");
    }
    String html =
        new String(document, StandardCharsets.UTF_8)
            .replaceFirst("<base href=\"[^\"]*\"\\s*/?>", "");
    html = html.replaceFirst("<head>", "<head><base href=\"%s\">".formatted(base));
    return new Answer(
        200,
        "text/html; charset=utf-8",
        html.getBytes(StandardCharsets.UTF_8),
        Map.of(
            "cache-control",
            "no-cache",
            "content-security-policy",
            CONTENT_SECURITY_POLICY,
            "x-content-type-options",
            "nosniff",
            "referrer-policy",
            "same-origin"));
  }

  private byte @Nullable [] read(String relative) {
    byte[] known = files.get(relative);
    if (known != null) {
      return known;
    }
    try (InputStream in = WebFiles.class.getResourceAsStream(FOLDER + relative)) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      files.put(relative, content);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the web application's file '%s'".formatted(relative), e);
    }
  }
}
