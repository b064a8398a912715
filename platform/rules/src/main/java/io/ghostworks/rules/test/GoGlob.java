package io.ghostworks.rules.test;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files by Go's {@code filepath.Glob}: {@code *}, {@code ?} and {@code [a-z]} inside one name, also
 * of folders; no {@code **} and no braces.
 */
final class GoGlob {

  private GoGlob() {}

  /** The files that are there, in the order of their names. */
  static List<Path> expand(Path pattern) {
    if (!hasWildcard(pattern.toString())) {
      return Files.exists(pattern) ? List.of(pattern) : List.of();
    }
    Path folder = pattern.getParent();
    Path name = pattern.getFileName();
    if (name == null) {
      return List.of();
    }
    List<Path> folders = folder == null ? List.of(Path.of("")) : expand(folder);
    List<Path> found = new ArrayList<>();
    for (Path each : folders) {
      if (hasWildcard(name.toString())) {
        list(each, pattern(name.toString()), found);
      } else if (Files.exists(each.resolve(name))) {
        found.add(each.resolve(name));
      }
    }
    return found;
  }

  private static void list(Path folder, Pattern names, List<Path> found) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> names.matches(String.valueOf(file.getFileName())))
          .sorted()
          .forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be listed".formatted(folder), e);
    }
  }

  private static boolean hasWildcard(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder("(?s)");
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> {
          int close = glob.indexOf(']', i + 2);
          if (close < 0) {
            throw new IllegalArgumentException("syntax error in pattern " + glob);
          }
          regex.append(glob, i, close + 1);
          i = close;
        }
        case '\\' -> {
          i++;
          regex.append(i < glob.length() ? Pattern.quote(glob.substring(i, i + 1)) : "");
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString());
  }
}
