package io.ghostworks.scrape.prometheusfile;

import com.google.re2j.Pattern;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.wire.client.ClientSettingsShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The elements of remote_write and remote_read. Rules of prometheus config/config.go,
 * storage/remote/azuread and prometheus/sigv4.
 */
final class RemoteShapes {
  private static final Pattern UUID =
      Pattern.compile(
          "(?i)(urn:uuid:)?\\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\}?|[0-9a-f]{32}");
  private static final Pattern SCOPE = Pattern.compile("[\\w\\s:/.\\-]+");
  private static final Set<String> RESERVED_HEADERS =
      Set.of(
          "authorization",
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  static final Shape SIGV4 =
      Shape.create()
          .text("region", "access_key", "profile", "role_arn", "external_id", "service_name")
          .secret("secret_key")
          .flag("use_fips_sts_endpoint")
          .rule(given -> {
            if (given.filled("access_key") != given.filled("secret_key")) {
              given.refuse("must have both access_key and secret_key, or neither");
            }
            if (given.filled("external_id") && !given.filled("role_arn")) {
              given.refuse("external_id", "needs role_arn beside it");
            }
          });

  private static final Shape AZURE_AD =
      Shape.create()
          .section("managed_identity", Shape.create().text("client_id"))
          .section(
              "workload_identity", Shape.create().text("client_id", "tenant_id", "token_file_path"))
          .section("oauth", Shape.create().text("client_id", "tenant_id").secret("client_secret"))
          .section("sdk", Shape.create().text("tenant_id"))
          .section(
              "certificate",
              Shape.create()
                  .text("client_id", "tenant_id", "certificate_path", "certificate_key_path")
                  .secret("certificate_password")
                  .flag("send_certificate_chain"))
          .text("cloud", "scope")
          .rule(RemoteShapes::checkAzureAd);

  private static final Shape QUEUE =
      Shape.create()
          .integer("capacity", "max_shards", "min_shards", "max_samples_per_send")
          .duration("batch_send_deadline", "min_backoff", "max_backoff", "sample_age_limit")
          .flag("retry_on_http_429");

  static final Shape WRITE =
      Shape.create()
          .url("url")
          .duration("remote_timeout")
          .textMap("headers")
          .fields(ConfigMap::list, "write_relabel_configs")
          .text("name", "protobuf_message")
          .flag("send_exemplars", "send_native_histograms", "round_robin_dns")
          .flag("failed_request_logging")
          .section("queue_config", QUEUE)
          .section(
              "metadata_config",
              Shape.create().flag("send").duration("send_interval").integer("max_samples_per_send"))
          .section("sigv4", SIGV4)
          .section("azuread", AZURE_AD)
          .section("google_iam", Shape.create().text("credentials_file"))
          .inline(ClientSettingsShape.CLIENT)
          .rule(RemoteShapes::checkUrl)
          .rule(given -> checkHeaders(given, "headers"))
          .rule(RemoteShapes::checkMessage)
          .rule(RemoteShapes::checkQueue)
          .rule(RemoteShapes::checkAuthentication);

  static final Shape READ =
      Shape.create()
          .url("url")
          .duration("remote_timeout")
          .unsigned("chunked_read_limit")
          .textMap("headers", "required_matchers")
          .flag("read_recent", "filter_external_labels")
          .text("name")
          .inline(ClientSettingsShape.CLIENT)
          .rule(RemoteShapes::checkUrl)
          .rule(given -> checkHeaders(given, "headers"))
          .rule(given -> {
            if (given.map().stringMap("required_matchers").containsKey("")) {
              given.refuse("required_matchers", "must have valid label names");
            }
          });

  private RemoteShapes() {}

  /** Headers that are set otherwise must not be set by hand. */
  static void checkHeaders(Given given, String key) {
    for (String name : given.map().stringMap(key).keySet()) {
      if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        given
            .section(key)
            .refuseWithoutValue(name, "must not set this header, which is set otherwise");
      }
    }
  }

  private static void checkUrl(Given given) {
    if (!given.has("url")) {
      given.map().missing("url");
    }
  }

  private static void checkMessage(Given given) {
    String message = given.text("protobuf_message", "prometheus.WriteRequest");
    if (!Set.of("prometheus.WriteRequest", "io.prometheus.write.v2.Request").contains(message)) {
      given.refuse(
          "protobuf_message", "must be prometheus.WriteRequest or io.prometheus.write.v2.Request");
    }
  }

  private static void checkQueue(Given given) {
    if (given.isNull("queue_config")) {
      given.refuse("queue_config", "must not be null, which sets all of it to 0");
      return;
    }
    Given queue = given.section("queue_config");
    requirePositive(queue, "max_shards", 50);
    requirePositive(queue, "min_shards", 1);
    requirePositive(queue, "max_samples_per_send", 2_000);
    requirePositive(queue, "capacity", 10_000);
    if (queue.integer("min_shards", 1) > queue.integer("max_shards", 50)) {
      queue.refuse("min_shards", "must not be greater than max_shards");
    }
    Duration min = queue.duration("min_backoff", Duration.ofMillis(30));
    if (queue.duration("max_backoff", Duration.ofSeconds(5)).compareTo(min) < 0) {
      queue.refuse("max_backoff", "must not be less than min_backoff");
    }
  }

  private static void requirePositive(Given given, String key, long absent) {
    if (given.integer(key, absent) <= 0) {
      given.refuse(key, "must be positive");
    }
  }

  private static void checkAuthentication(Given given) {
    List<String> configured = new ArrayList<>();
    for (String key :
        List.of("basic_auth", "authorization", "oauth2", "sigv4", "azuread", "google_iam")) {
      if (given.has(key)) {
        configured.add(key);
      }
    }
    if (!given.has("authorization")
        && (given.filled("bearer_token") || given.filled("bearer_token_file"))) {
      configured.add("bearer_token");
    }
    if (configured.size() > 1) {
      given.refuse(
          "at most one of basic_auth, authorization, oauth2, sigv4, azuread, google_iam may be"
              + " given, there are "
              + String.join(", ", configured));
    }
  }

  private static void checkAzureAd(Given given) {
    String cloud = given.text("cloud");
    if (!Set.of("", "AzureChina", "AzureGovernment", "AzurePublic").contains(cloud)) {
      given.refuse("cloud", "must be one of AzurePublic, AzureGovernment, AzureChina");
    }
    List<String> methods =
        List.of("managed_identity", "workload_identity", "oauth", "sdk", "certificate").stream()
            .filter(given::has)
            .toList();
    if (methods.size() != 1) {
      given.refuse(
          "must have exactly one of managed_identity, workload_identity, oauth, sdk, certificate");
    }
    for (String method : methods) {
      checkAzureMethod(method, given.section(method));
    }
    if (given.filled("scope") && !SCOPE.matches(given.text("scope"))) {
      given.refuse("scope", "must have only letters, digits, white space and _ : / . -");
    }
  }

  private static void checkAzureMethod(String method, Given given) {
    switch (method) {
      case "workload_identity" -> {
        given.required("client_id");
        given.required("tenant_id");
        requireUuid(given, "tenant_id");
      }
      case "oauth" -> {
        given.required("client_id");
        given.required("client_secret");
        given.required("tenant_id");
      }
      case "certificate" -> {
        given.required("client_id");
        given.required("tenant_id");
        given.required("certificate_path");
      }
      default -> {} // a managed identity and the SDK need nothing
    }
    requireUuid(given, "client_id");
  }

  private static void requireUuid(Given given, String key) {
    if (given.filled(key) && !UUID.matches(given.text(key))) {
      given.refuse(key, "must be a UUID");
    }
  }
}
