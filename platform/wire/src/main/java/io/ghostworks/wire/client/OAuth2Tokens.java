package io.ghostworks.wire.client;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.wire.http.HttpAnswer;
import io.ghostworks.wire.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens by OAuth 2.0 and keeps each until ten seconds before its end, as Go's {@code
 * golang.org/x/oauth2} does: client id and secret go as basic credentials, and where that is
 * refused as parameters. A secret in a file that changes fetches anew. Thread-safe.
 */
final class OAuth2Tokens implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_BYTES_MAX = 1 << 20;
  private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ClientSettings.OAuth2 settings;
  private final ConfiguredHttp http;
  private final Clock clock;
  private @Nullable Token token;
  private boolean secretAsParameter;

  /** A token in use; {@code endNanos} is since the epoch, 0 for no end. */
  private record Token(String authorization, String secret, long endNanos) {}

  /**
   * @param http closed with this
   */
  OAuth2Tokens(ClientSettings.OAuth2 settings, ConfiguredHttp http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  /**
   * The value of the Authorization header for a request.
   *
   * @throws IOException if there is no token to be had
   */
  synchronized String authorization(HttpCall call) throws IOException, InterruptedException {
    String secret = settings.secret().isEmpty() ? "" : settings.secret().get().read().reveal();
    Token usable = token;
    if (usable == null
        || !usable.secret.equals(secret)
        || (usable.endNanos != 0 && clock.epochNanos() >= usable.endNanos)) {
      usable = fetch(secret, call);
      token = usable;
    }
    return usable.authorization;
  }

  private Token fetch(String secret, HttpCall call) throws IOException, InterruptedException {
    if (settings.assertion().isPresent()) {
      return token(post(assertionForm(secret), "", call), secret);
    }
    if (!secretAsParameter) {
      String pair = encoded(settings.clientId()) + ":" + encoded(secret);
      String basic =
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      HttpAnswer answer = post(form(), basic, call);
      if (answer.isSuccess()) {
        return token(answer, secret);
      }
    }
    Map<String, String> form = form();
    form.put("client_id", settings.clientId());
    if (!secret.isEmpty()) {
      form.put("client_secret", secret);
    }
    Token fetched = token(post(form, "", call), secret);
    secretAsParameter = true;
    return fetched;
  }

  private Map<String, String> form() throws IOException {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "client_credentials");
    return withScopesAndParameters(form);
  }

  private Map<String, String> assertionForm(String key) throws IOException {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", ClientSettingsShape.JWT_BEARER);
    try {
      form.put("assertion", new SignedAssertion(settings, clock).sign(key));
    } catch (GeneralSecurityException e) {
      throw new IOException("oauth2: cannot sign the assertion: " + e.getMessage(), e);
    }
    return withScopesAndParameters(form);
  }

  private Map<String, String> withScopesAndParameters(Map<String, String> form) throws IOException {
    if (!settings.scopes().isEmpty()) {
      form.put("scope", String.join(" ", settings.scopes()));
    }
    for (Map.Entry<String, String> parameter : settings.endpointParams().entrySet()) {
      String name = parameter.getKey();
      if (form.containsKey(name) && !name.equals("grant_type")) {
        throw new IOException("oauth2: cannot overwrite parameter \"%s\"".formatted(name));
      }
      form.put(name, parameter.getValue());
    }
    return form;
  }

  private HttpAnswer post(Map<String, String> form, String authorization, HttpCall call)
      throws IOException, InterruptedException {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
    call.headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("User-Agent"))
        .forEach(headers::add);
    if (!authorization.isEmpty()) {
      headers.add(Map.entry("Authorization", authorization));
    }
    String body =
        form.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(joining("&"));
    try {
      return http.send(
          new HttpCall(
              "POST",
              URI.create(settings.tokenUrl()),
              headers,
              body.getBytes(StandardCharsets.UTF_8),
              call.timeout(),
              ANSWER_BYTES_MAX,
              call.redirectsMax()));
    } catch (IllegalArgumentException e) {
      throw new IOException("oauth2: token_url is no URL", e);
    } catch (IOException e) {
      throw new IOException("oauth2: cannot fetch token: " + e.getMessage(), e);
    }
  }

  private Token token(HttpAnswer answer, String secret) throws IOException {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    if (!answer.isSuccess()) {
      throw new IOException(
          "oauth2: cannot fetch token: %d%nResponse: %s"
              .formatted(answer.status(), body.substring(0, Math.min(body.length(), 1000))));
    }
    String contentType = answer.header("Content-Type").orElse("");
    boolean isForm =
        contentType.startsWith("application/x-www-form-urlencoded")
            || contentType.startsWith("text/plain");
    Map<String, String> fields = isForm ? formFields(body) : jsonFields(body);
    String value = fields.getOrDefault("access_token", "");
    if (value.isEmpty()) {
      throw new IOException("oauth2: server response missing access_token");
    }
    String type = fields.getOrDefault("token_type", "");
    return new Token(
        switch (type.toLowerCase(Locale.ROOT)) {
              case "", "bearer" -> "Bearer";
              case "mac" -> "MAC";
              case "basic" -> "Basic";
              default -> type;
            }
            + " "
            + value,
        secret,
        endNanos(fields.getOrDefault("expires_in", "")));
  }

  private long endNanos(String expiresIn) {
    if (!expiresIn.matches("[0-9]{1,9}") || Long.parseLong(expiresIn) == 0) {
      return 0;
    }
    long lifeNanos = Duration.ofSeconds(Long.parseLong(expiresIn)).toNanos();
    return clock.epochNanos() + lifeNanos - EARLY_NANOS;
  }

  private static Map<String, String> jsonFields(String body) throws IOException {
    try {
      JsonNode node = JSON.readTree(body);
      Map<String, String> fields = new TreeMap<>();
      if (node != null) {
        node.properties().forEach(each -> fields.put(each.getKey(), each.getValue().asText()));
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new IOException("oauth2: cannot parse json: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, String> formFields(String body) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    try {
      for (String pair : body.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2) {
          fields.put(
              URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
              URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("oauth2: cannot parse response", e);
    }
    return fields;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
