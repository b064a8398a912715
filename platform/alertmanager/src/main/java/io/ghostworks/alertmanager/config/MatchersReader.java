package io.ghostworks.alertmanager.config;

import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the three ways in which a section matches alerts ({@code config/common/matchers.go}). */
final class MatchersReader {
  private final MatcherSyntax syntax;

  MatchersReader(MatcherSyntax syntax) {
    this.syntax = syntax;
  }

  MatcherSyntax syntax() {
    return syntax;
  }

  /**
   * The matchers of all three, in {@link Matchers#ORDER}.
   *
   * @param equal key of the mapping of names to values
   * @param regex key of the mapping of names to regular expressions
   * @param texts key of the list of matchers
   */
  List<LabelMatcher> read(ConfigMap map, String equal, String regex, String texts) {
    List<LabelMatcher> matchers = new ArrayList<>();
    map.stringMap(equal)
        .forEach((name, value) -> {
          if (!LabelNames.isLegacyLabelName(name)) {
            map.error(equal, "invalid label name \"%s\"".formatted(name), "");
          }
          matchers.add(new LabelMatcher.Equal(name, value));
        });
    addPatterns(map, regex, matchers);
    for (ConfigNode item : map.list(texts)) {
      addText(map, item, matchers);
    }
    matchers.sort(Matchers.ORDER);
    return matchers;
  }

  /** As Alertmanager writes them in the keys of groups. */
  private static void addPatterns(ConfigMap map, String key, List<LabelMatcher> matchers) {
    ConfigMap patterns = map.mapOrEmpty(key);
    for (String name : patterns.keys()) {
      if (!LabelNames.isLegacyLabelName(name)) {
        patterns.error(name, "invalid label name \"%s\"".formatted(name), "");
      }
      if (!patterns.has(name)) {
        patterns.error(name, "invalid regexp value for \"%s\"".formatted(name), "");
      }
      try {
        patterns
            .findString(name)
            .ifPresent(pattern -> matchers.add(Matchers.of(name, "=~", "^(?:" + pattern + ")$")));
      } catch (IllegalArgumentException e) {
        patterns.error(name, String.valueOf(e.getMessage()), "");
      }
    }
  }

  private void addText(ConfigMap map, ConfigNode item, List<LabelMatcher> matchers) {
    Optional<String> text = item.isNull() ? Optional.of("") : map.text(item);
    if (text.isEmpty()) {
      return;
    }
    try {
      matchers.addAll(syntax.matchers(text.get()));
      String warning = syntax.warning(text.get());
      if (!warning.isEmpty()) {
        map.findings().warning(item, warning);
      }
    } catch (IllegalArgumentException e) {
      map.findings().error(item, String.valueOf(e.getMessage()), "");
    }
  }
}
