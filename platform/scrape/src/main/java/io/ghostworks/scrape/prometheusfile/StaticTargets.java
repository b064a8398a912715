package io.ghostworks.scrape.prometheusfile;

import java.util.List;
import java.util.Map;

/** Addresses with the labels that all of them have: one element of static_configs. */
public record StaticTargets(List<String> addresses, Map<String, String> labels) {

  public StaticTargets {
    addresses = List.copyOf(addresses);
    labels = Map.copyOf(labels);
  }
}
