package io.ghostworks.alertmanager.config;

import io.ghostworks.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code inhibit_rules} ({@code config/common/inhibitrule.go}). */
final class InhibitRulesReader {

  private InhibitRulesReader() {}

  static List<InhibitRule> read(ConfigMap top, MatchersReader matching) {
    List<InhibitRule> rules = new ArrayList<>();
    for (ConfigMap map : top.maps("inhibit_rules")) {
      List<String> equal = map.strings("equal");
      for (String name : equal) {
        if (!matching.syntax().isLabelName(name)) {
          map.error("equal", "invalid label name \"%s\" in equal list".formatted(name), "");
        }
      }
      rules.add(
          new InhibitRule(
              map.string("name", ""),
              matching.read(map, "source_match", "source_match_re", "source_matchers"),
              matching.read(map, "target_match", "target_match_re", "target_matchers"),
              equal));
      map.rejectUnknownKeys();
    }
    return rules;
  }
}
