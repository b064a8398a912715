package io.ghostworks.scrape.prometheusfile;

import com.google.re2j.Pattern;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.wire.client.ClientSettingsShape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sections of the service discoveries that ask a cloud's API. Rules of prometheus discovery/.
 */
final class CloudDiscoveryShapes {
  // formats that Scaleway's client library demands
  private static final Pattern SCALEWAY_ACCESS_KEY = Pattern.compile("SCW[A-Z0-9]{17}");
  private static final Pattern SCALEWAY_ZONE = Pattern.compile("[a-z]{2}-[a-z]{3}-[1-9]");
  private static final Pattern UUID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  private CloudDiscoveryShapes() {}

  static Map<String, Shape> all() {
    Map<String, Shape> shapes = new TreeMap<>();
    shapes.put("aws_sd_configs", anyAws());
    shapes.put("ec2_sd_configs", ec2());
    shapes.put("ecs_sd_configs", aws().texts("clusters").integer("request_concurrency"));
    shapes.put("elasticache_sd_configs", aws().texts("clusters").integer("request_concurrency"));
    shapes.put("lightsail_sd_configs", aws());
    shapes.put("msk_sd_configs", aws().texts("clusters").integer("request_concurrency"));
    shapes.put("rds_sd_configs", rds());
    shapes.put("azure_sd_configs", azure());
    shapes.put("digitalocean_sd_configs", withRole("droplets", "droplets", "databases"));
    shapes.put("gce_sd_configs", gce());
    shapes.put("hetzner_sd_configs", withRole("", "robot", "hcloud").text("label_selector"));
    shapes.put("ionos_sd_configs", ionos());
    shapes.put("linode_sd_configs", polled().text("tag_separator", "region"));
    shapes.put("oci_sd_configs", oci());
    shapes.put("openstack_sd_configs", openStack());
    shapes.put("outscale_sd_configs", outscale());
    shapes.put("ovhcloud_sd_configs", ovhCloud());
    shapes.put("scaleway_sd_configs", scaleway());
    shapes.put("stackit_sd_configs", stackit());
    shapes.put("vultr_sd_configs", polled());
    return shapes;
  }

  /** The keys that most clouds share. */
  private static Shape polled() {
    return Shape.create()
        .duration("refresh_interval")
        .integer("port")
        .inline(ClientSettingsShape.CLIENT);
  }

  private static Shape aws() {
    return polled()
        .text("endpoint", "region", "access_key", "profile", "role_arn", "external_id")
        .secret("secret_key");
  }

  private static Shape awsFilter() {
    return Shape.create().text("name").texts("values");
  }

  private static Shape ec2() {
    Shape filter =
        awsFilter()
            .rule(given -> {
              if (given.texts("values").isEmpty()) {
                given.map().missing("values");
              }
            });
    return aws().sections("filters", filter);
  }

  private static Shape rds() {
    return aws().texts("clusters").sections("filters", awsFilter()).integer("request_concurrency");
  }

  private static Shape anyAws() {
    return Shape.create()
        .duration("refresh_interval")
        .integer("port")
        .inlineKeys(ClientSettingsShape.CLIENT)
        .text("endpoint", "region", "access_key", "profile", "role_arn", "external_id", "role")
        .secret("secret_key")
        .texts("clusters")
        .sections("filters", awsFilter())
        .rule(given ->
            requireOneOf(
                given, "role", "", "ec2", "ecs", "elasticache", "lightsail", "msk", "rds"));
  }

  private static Shape azure() {
    return polled()
        .text("environment", "subscription_id", "tenant_id", "client_id")
        .text("authentication_method", "resource_group")
        .secret("client_secret")
        .rule(given -> {
          given.required("subscription_id");
          if (given.text("authentication_method", "OAuth").equals("OAuth")) {
            given.required("tenant_id");
            given.required("client_id");
            given.required("client_secret");
          }
          requireOneOf(
              given,
              "authentication_method",
              "OAuth",
              "OAuth",
              "ManagedIdentity",
              "SDK",
              "WorkloadIdentity");
        });
  }

  private static Shape gce() {
    return Shape.create()
        .text("project", "zone", "filter", "tag_separator")
        .duration("refresh_interval")
        .integer("port")
        .rule(given -> {
          given.required("project");
          given.required("zone");
        });
  }

  private static Shape withRole(String absent, String... roles) {
    return polled().text("role").rule(given -> requireOneOf(given, "role", absent, roles));
  }

  private static Shape ionos() {
    return polled().text("datacenter_id").rule(given -> given.required("datacenter_id"));
  }

  private static Shape oci() {
    return polled()
        .text("auth", "tenancy", "user", "fingerprint", "key_file", "key_passphrase_file", "region")
        .secret("key_passphrase")
        .texts("compartments")
        .rule(CloudDiscoveryShapes::checkOci);
  }

  private static void checkOci(Given given) {
    given.required("region");
    List<String> keyAuth = List.of("tenancy", "user", "fingerprint", "key_file");
    switch (given.text("auth", "api_key")) {
      case "api_key" -> {
        keyAuth.forEach(given::required);
        given.atMostOne("", "key_passphrase", "key_passphrase_file");
      }
      case "instance_principal" -> {
        for (String key :
            Set.of(
                "tenancy",
                "user",
                "fingerprint",
                "key_file",
                "key_passphrase",
                "key_passphrase_file")) {
          if (given.filled(key)) {
            given.refuseWithoutValue(key, "must not be given with auth: instance_principal");
          }
        }
      }
      default -> given.refuse("auth", "must be api_key or instance_principal");
    }
    if (given.texts("compartments").contains("")) {
      given.refuse("compartments", "must not have empty elements");
    }
    if (given.duration("refresh_interval", Duration.ofMinutes(1)).isZero()) {
      given.refuse("refresh_interval", "must be positive");
    }
  }

  private static Shape openStack() {
    return Shape.create()
        .text("identity_endpoint", "username", "userid", "project_name", "project_id")
        .text("domain_name", "domain_id", "application_credential_name")
        .text("application_credential_id", "role", "region", "availability")
        .secret("password", "application_credential_secret")
        .duration("refresh_interval")
        .integer("port")
        .flag("all_tenants")
        .section("tls_config", ClientSettingsShape.TLS)
        .rule(given -> {
          requireOneOf(given, "availability", "public", "public", "internal", "admin");
          requireOneOf(given, "role", "", "instance", "hypervisor", "loadbalancer");
          given.required("region");
        });
  }

  private static Shape outscale() {
    return polled()
        .text("endpoint", "region", "access_key", "secret_key_file")
        .secret("secret_key")
        .rule(given -> {
          given.required("region", "eu-west-2");
          given.required("access_key");
          requireSecretKey(given);
        });
  }

  private static Shape ovhCloud() {
    return Shape.create()
        .text("endpoint", "application_key", "service")
        .secret("application_secret", "consumer_key")
        .duration("refresh_interval")
        .rule(given -> {
          given.required("endpoint", "ovh-eu");
          given.required("application_key");
          given.required("application_secret");
          given.required("consumer_key");
          requireOneOf(given, "service", "", "dedicated_server", "vps");
        });
  }

  private static Shape scaleway() {
    return polled()
        .text("project_id", "zone", "access_key", "secret_key_file", "name_filter", "role")
        .url("api_url")
        .secret("secret_key")
        .texts("tags_filter")
        .rule(CloudDiscoveryShapes::checkScaleway);
  }

  private static void checkScaleway(Given given) {
    requireOneOf(given, "role", "", "instance", "baremetal");
    given.required("project_id");
    given.required("access_key");
    requireSecretKey(given);
    if (given.filled("access_key") && !SCALEWAY_ACCESS_KEY.matches(given.text("access_key"))) {
      given.refuse("access_key", "must be SCW and 17 capital letters or digits");
    }
    if (given.filled("secret_key") && !UUID.matcher(given.text("secret_key")).find()) {
      given.refuseWithoutValue("secret_key", "must be a UUID");
    }
    if (given.filled("project_id") && !UUID.matcher(given.text("project_id")).find()) {
      given.refuse("project_id", "must be a UUID");
    }
    if (!SCALEWAY_ZONE.matches(given.text("zone", "fr-par-1"))) {
      given.refuse("zone", "must be a zone such as fr-par-1");
    }
  }

  private static Shape stackit() {
    return polled()
        .text("project", "region", "service_account_key_path", "private_key_path")
        .text("credentials_file_path")
        .url("endpoint")
        .secret("service_account_key", "private_key")
        .rule(given -> {
          if (!given.filled("endpoint")) {
            given.required("region", "eu01");
          }
        });
  }

  private static void requireSecretKey(Given given) {
    if (!given.filled("secret_key") && !given.filled("secret_key_file")) {
      given.refuse("secret_key", "must be given, or secret_key_file");
    }
    given.atMostOne("", "secret_key", "secret_key_file");
  }

  private static void requireOneOf(Given given, String key, String absent, String... words) {
    if (!List.of(words).contains(given.text(key, absent))) {
      given.refuse(key, "must be one of " + String.join(", ", words));
    }
  }
}
