package io.ghostworks.server.rules;

import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rules that a request means: the text of a file that it brings, or those that are loaded.
 *
 * @param tree of the file
 */
record RuleTexts(RuleFile file, ConfigNode tree) {

  private static final int TEXT_CHARS_MAX = 4 << 20;

  /** The file in the parameter {@code rules}, named by {@code file}; empty without one. */
  static List<RuleTexts> brought(Exchange exchange, ParserOptions parser) {
    String text = exchange.parameter("rules").orElse("");
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.length() > TEXT_CHARS_MAX) {
      throw new RequestException(
          413, "rules may have %d chars, got %d".formatted(TEXT_CHARS_MAX, text.length()));
    }
    String name = exchange.parameter("file").orElse("rules");
    Findings findings = new Findings();
    try {
      ConfigNode tree = YamlReader.read(name, text);
      RuleFile file = new RuleFileReader(parser).read(name, tree, findings);
      findings.throwIfErrors();
      return List.of(new RuleTexts(file, tree));
    } catch (ConfigException e) {
      throw RequestException.bad(String.valueOf(e.getMessage()));
    }
  }

  /** The loaded files as they stand on disk now; one that cannot be read any more is left out. */
  static List<RuleTexts> loaded(List<RuleFile> files, ParserOptions parser) {
    List<RuleTexts> texts = new ArrayList<>();
    for (RuleFile loaded : files) {
      if (loaded.origin() != RuleFile.Origin.FILE) {
        continue;
      }
      try {
        ConfigNode tree = ConfigFile.read(Path.of(loaded.file()));
        Findings findings = new Findings();
        RuleFile file = new RuleFileReader(parser).read(loaded.file(), tree, findings);
        if (!findings.hasErrors()) {
          texts.add(new RuleTexts(file, tree));
        }
      } catch (ConfigException gone) {
        // The file was changed after it was loaded; a reload tells what is wrong with it.
      }
    }
    return texts;
  }

  /**
   * Groups that clients store, each namespace as a file.
   *
   * @param bodies YAML of groups by namespace
   */
  static List<RuleTexts> stored(Map<String, List<String>> bodies, ParserOptions parser) {
    List<RuleTexts> texts = new ArrayList<>();
    bodies.forEach((namespace, groups) -> {
      StringBuilder text = new StringBuilder("groups:\n");
      for (String group : groups) {
        String lead = "- ";
        for (String line : group.lines().toList()) {
          text.append(line.isEmpty() ? "" : lead).append(line).append('\n');
          lead = "  ";
        }
      }
      ConfigNode tree = YamlReader.read(namespace, text.toString());
      Findings findings = new Findings();
      // A stored group may have keys that files have not.
      RuleFile file =
          new RuleFileReader(parser).ignoringUnknownKeys().read(namespace, tree, findings);
      if (!findings.hasErrors()) {
        texts.add(new RuleTexts(file, tree));
      }
    });
    return texts;
  }
}
