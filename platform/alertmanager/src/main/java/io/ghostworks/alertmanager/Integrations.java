package io.ghostworks.alertmanager;

import io.ghostworks.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The integrations of the route's receiver by their names, {@code receiver/kind[index]}. */
final class Integrations {

  private Integrations() {}

  /** An integration and its name. */
  record Named(String name, AlertmanagerConfig.Integration integration) {}

  /** All of them, numbered within their kinds in file order. */
  static List<Named> of(AlertmanagerConfig config) {
    AlertmanagerConfig.Receiver receiver = config.receiver();
    List<Named> all = new ArrayList<>();
    for (AlertmanagerConfig.Integration integration : receiver.integrations()) {
      long index =
          all.stream().filter(each -> each.integration.kind().equals(integration.kind())).count();
      all.add(
          new Named(
              "%s/%s[%d]".formatted(receiver.name(), integration.kind(), index), integration));
    }
    return all;
  }

  /** The kind in a name. */
  static String kindOf(String name) {
    int end = name.lastIndexOf('[');
    return name.substring(name.lastIndexOf('/') + 1, end < 0 ? name.length() : end);
  }

  /** Where an integration's notifications go, without secrets; null if it is not there. */
  static @Nullable String target(AlertmanagerConfig config, String name) {
    for (Named each : of(config)) {
      if (each.name.equals(name)) {
        return switch (each.integration) {
          case AlertmanagerConfig.Webhook webhook -> address(webhook);
          case AlertmanagerConfig.Email email -> email.to();
        };
      }
    }
    return null;
  }

  private static String address(AlertmanagerConfig.Webhook webhook) {
    Secret url = webhook.url();
    if (url == null) {
      return "as " + webhook.urlFile() + " says";
    }
    try {
      URI uri = new URI(url.reveal());
      return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
          .toString();
    } catch (URISyntaxException e) {
      return "as a template says";
    }
  }
}
