package io.ghostworks.scrape.prometheusfile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * File name patterns as the file has them: which are allowed, and which files one names (Go's
 * filepath.Glob).
 */
final class FilePattern {
  private static final Pattern RULE_PATH = Pattern.compile("[^*]*(\\*[^/]*)?");
  private static final Pattern DISCOVERY_FILE =
      Pattern.compile("[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)");
  private static final String META = "*?[\\";

  private FilePattern() {}

  /**
   * Whether rule_files and scrape_config_files may name it: a * stands in the last part of the path
   * only.
   */
  static boolean isRulePath(String pattern) {
    return RULE_PATH.matches(pattern) && isPath(pattern);
  }

  /** Whether any file can have this name. */
  static boolean isPath(String text) {
    return text.indexOf(0) < 0;
  }

  /** Whether file_sd_configs may name it. */
  static boolean isDiscoveryFile(String pattern) {
    return DISCOVERY_FILE.matches(pattern);
  }

  /**
   * The existing files that {@code pattern} names, relative to {@code folder}, in the order of
   * their names.
   *
   * @throws IllegalArgumentException where the pattern is malformed
   */
  static List<Path> files(Path folder, String pattern) throws IOException {
    Path start = pattern.startsWith("/") ? Path.of("/") : folder;
    List<Path> found = List.of(start);
    for (String part : pattern.split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      List<Path> next = new ArrayList<>();
      for (Path parent : found) {
        next.addAll(children(parent, part));
      }
      found = next;
    }
    return found.stream().filter(Files::isRegularFile).toList();
  }

  private static List<Path> children(Path parent, String part) throws IOException {
    boolean plain = part.chars().noneMatch(c -> META.indexOf(c) >= 0);
    if (plain) {
      Path child = parent.resolve(part);
      return Files.exists(child) ? List.of(child) : List.of();
    }
    Pattern regex = regex(part);
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> regex.matches(String.valueOf(entry.getFileName())))
          .sorted()
          .toList();
    }
  }

  private static Pattern regex(String part) {
    StringBuilder regex = new StringBuilder("(?s:");
    int i = 0;
    while (i < part.length()) {
      char c = part.charAt(i);
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int close = part.indexOf(']', i + 2);
          if (close < 0) {
            throw malformed(part);
          }
          regex.append(part, i, close + 1);
          i = close;
        }
        case '\\' -> {
          i++;
          if (i == part.length()) {
            throw malformed(part);
          }
          regex.append(Pattern.quote(part.substring(i, i + 1)));
        }
        default -> regex.append(Pattern.quote(part.substring(i, i + 1)));
      }
      i++;
    }
    try {
      return Pattern.compile(regex.append(')').toString());
    } catch (PatternSyntaxException e) {
      throw malformed(part);
    }
  }

  private static IllegalArgumentException malformed(String part) {
    return new IllegalArgumentException("the file name pattern '" + part + "' is malformed");
  }
}
