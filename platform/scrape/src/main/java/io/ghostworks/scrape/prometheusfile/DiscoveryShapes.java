package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.GoUrl;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.wire.client.ClientSettingsShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sections of every service discovery that Prometheus 3.14 knows, by their key. Rules of
 * prometheus discovery/; those of clouds are in {@link CloudDiscoveryShapes}, of Kubernetes in
 * {@link KubernetesDiscoveryShape}.
 */
final class DiscoveryShapes {

  /** All mechanisms but static_configs: key to the shape of one element. */
  static final Map<String, Shape> ALL = all();

  private DiscoveryShapes() {}

  private static Map<String, Shape> all() {
    Map<String, Shape> shapes = new TreeMap<>(CloudDiscoveryShapes.all());
    shapes.put("kubernetes_sd_configs", KubernetesDiscoveryShape.SHAPE);
    shapes.put("consul_sd_configs", consul());
    shapes.put("dns_sd_configs", dns());
    shapes.put("docker_sd_configs", docker());
    shapes.put("dockerswarm_sd_configs", dockerSwarm());
    shapes.put("eureka_sd_configs", eureka());
    shapes.put("file_sd_configs", file());
    shapes.put("http_sd_configs", withUrl("url"));
    shapes.put("kuma_sd_configs", kuma());
    shapes.put("marathon_sd_configs", marathon());
    shapes.put("nerve_sd_configs", zookeeper());
    shapes.put("nomad_sd_configs", nomad());
    shapes.put("puppetdb_sd_configs", puppetDb());
    shapes.put("serverset_sd_configs", zookeeper());
    shapes.put("triton_sd_configs", triton());
    shapes.put("uyuni_sd_configs", uyuni());
    return Map.copyOf(shapes);
  }

  private static Shape consul() {
    return Shape.create()
        .text("server", "path_prefix", "datacenter", "namespace", "partition", "tag_separator")
        .text("scheme", "username", "filter", "health_filter")
        .secret("token", "password")
        .flag("allow_stale")
        .duration("refresh_interval")
        .texts("services", "tags")
        .textMap("node_meta")
        .rule(given -> {
          if (given.text("server", "localhost:8500").isBlank()) {
            given.map().missing("server");
          }
          if ((given.filled("username") || given.filled("password")) && given.has("basic_auth")) {
            given.refuseWithoutValue(
                "basic_auth", "must not be given together with username and password");
          }
          if (given.filled("token") && (given.has("authorization") || given.has("oauth2"))) {
            given.refuseWithoutValue(
                "token", "at most one of token, authorization, oauth2 may be given");
          }
        })
        .inline(ClientSettingsShape.CLIENT);
  }

  private static Shape dns() {
    return Shape.create()
        .texts("names")
        .duration("refresh_interval")
        .text("type")
        .integer("port")
        .rule(given -> {
          if (given.texts("names").isEmpty()) {
            given.map().missing("names");
          }
          String type = given.text("type", "SRV").toUpperCase(Locale.ROOT);
          if (!Set.of("SRV", "A", "AAAA", "MX", "NS").contains(type)) {
            given.refuse("type", "must be one of SRV, A, AAAA, MX, NS");
          } else if (!type.equals("SRV") && given.integer("port", 0) == 0) {
            given.refuse("port", "must be given for every record type but SRV");
          }
        });
  }

  private static Shape docker() {
    return Shape.create()
        .url("host")
        .text("host_networking_host")
        .integer("port")
        .sections("filters", Shape.create().text("name").texts("values"))
        .duration("refresh_interval")
        .flag("match_first_network")
        .rule(given -> given.required("host"))
        .inline(ClientSettingsShape.CLIENT);
  }

  private static Shape dockerSwarm() {
    return Shape.create()
        .url("host")
        .text("role")
        .integer("port")
        .sections("filters", Shape.create().text("name").texts("values"))
        .duration("refresh_interval")
        .rule(given -> {
          given.required("host");
          if (!Set.of("services", "nodes", "tasks").contains(given.text("role"))) {
            given.refuse("role", "must be one of tasks, services, nodes");
          }
        })
        .inline(ClientSettingsShape.CLIENT);
  }

  private static Shape eureka() {
    return Shape.create()
        .url("server")
        .duration("refresh_interval")
        .rule(given -> {
          given.required("server");
          requireSchemeAndHost(given, "server");
        })
        .inline(ClientSettingsShape.CLIENT);
  }

  private static Shape file() {
    return Shape.create()
        .texts("files")
        .duration("refresh_interval")
        .rule(given -> {
          List<String> files = given.texts("files");
          if (files.isEmpty()) {
            given.map().missing("files");
          }
          for (String name : files) {
            if (!FilePattern.isDiscoveryFile(name)) {
              given.refuse(
                  "files",
                  "must name .json, .yml or .yaml files, with * in the last part only, not '"
                      + name
                      + "'");
            }
          }
        });
  }

  private static Shape kuma() {
    return Shape.create()
        .url("server")
        .text("client_id")
        .duration("refresh_interval", "fetch_timeout")
        .rule(given -> {
          given.required("server");
          requireSchemeAndHost(given, "server");
        })
        .inline(ClientSettingsShape.CLIENT);
  }

  private static Shape marathon() {
    return Shape.create()
        .texts("servers")
        .duration("refresh_interval")
        .secret("auth_token")
        .text("auth_token_file")
        .rule(given -> {
          if (given.texts("servers").isEmpty()) {
            given.map().missing("servers");
          }
          given.atMostOne("", "auth_token", "auth_token_file");
          if (given.filled("auth_token") || given.filled("auth_token_file")) {
            refuseBesideToken(given);
          }
        })
        .inline(ClientSettingsShape.CLIENT);
  }

  private static void refuseBesideToken(Given given) {
    List<String> others = new ArrayList<>();
    for (String key : List.of("basic_auth", "authorization")) {
      if (given.has(key)) {
        others.add(key);
      }
    }
    for (String key : List.of("bearer_token", "bearer_token_file")) {
      if (given.filled(key)) {
        others.add(key);
      }
    }
    for (String key : others) {
      given.refuseWithoutValue(
          key, "must not be given together with auth_token or auth_token_file");
    }
  }

  private static Shape zookeeper() {
    return Shape.create()
        .texts("servers", "paths")
        .duration("timeout")
        .rule(given -> {
          if (given.texts("servers").isEmpty()) {
            given.map().missing("servers");
          }
          if (given.texts("paths").isEmpty()) {
            given.map().missing("paths");
          }
          for (String path : given.texts("paths")) {
            if (!path.startsWith("/")) {
              given.refuse("paths", "must begin with '/', not '" + path + "'");
            }
          }
        });
  }

  private static Shape nomad() {
    return Shape.create()
        .flag("allow_stale")
        .text("namespace", "region", "server", "tag_separator")
        .duration("refresh_interval")
        .rule(given -> {
          if (given.text("server", "http://localhost:4646").isBlank()) {
            given.map().missing("server");
          }
        })
        .inline(ClientSettingsShape.CLIENT);
  }

  private static Shape puppetDb() {
    return withUrl("url")
        .text("query")
        .flag("include_parameters")
        .integer("port")
        .rule(given -> given.required("query"));
  }

  /** A discovery that asks one http or https URL. */
  private static Shape withUrl(String key) {
    return Shape.create()
        .duration("refresh_interval")
        .url(key)
        .rule(given -> {
          given.required(key);
          if (given.filled(key) && GoUrl.problem(given.text(key)).isEmpty()) {
            GoUrl url = GoUrl.parse(given.text(key));
            if (!url.scheme().equals("http") && !url.scheme().equals("https")) {
              given.refuseWithoutValue(key, "must have the scheme http or https");
            } else if (url.host().isEmpty()) {
              given.refuseWithoutValue(key, "must have a host");
            }
          }
        })
        .inline(ClientSettingsShape.CLIENT);
  }

  private static Shape triton() {
    return Shape.create()
        .text("account", "role", "dns_suffix", "endpoint")
        .texts("groups")
        .integer("port", "version")
        .duration("refresh_interval")
        .section("tls_config", ClientSettingsShape.TLS)
        .rule(given -> {
          if (!Set.of("container", "cn").contains(given.text("role", "container"))) {
            given.refuse("role", "must be container or cn");
          }
          given.required("account");
          given.required("dns_suffix");
          given.required("endpoint");
          if (given.duration("refresh_interval", Duration.ofMinutes(1)).isZero()) {
            given.refuse("refresh_interval", "must be positive");
          }
        });
  }

  private static Shape uyuni() {
    return Shape.create()
        .url("server")
        .text("username", "entitlement", "separator")
        .secret("password")
        .duration("refresh_interval")
        .rule(given -> {
          given.required("server");
          given.required("username");
          given.required("password");
        })
        .inline(ClientSettingsShape.CLIENT);
  }

  private static void requireSchemeAndHost(Given given, String key) {
    if (given.filled(key) && GoUrl.problem(given.text(key)).isEmpty()) {
      GoUrl url = GoUrl.parse(given.text(key));
      if (url.scheme().isEmpty() || url.host().isEmpty()) {
        given.refuseWithoutValue(key, "must be a URL with scheme and host");
      }
    }
  }
}
