package io.ghostworks.server.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Which files a path, a folder or a pattern such as {@code rules/*.yml} means. */
final class FileGlobs {

  private FileGlobs() {}

  /** Files in the order of their names; a path without wildcards is given even if it is missing. */
  static List<Path> expand(String pattern) {
    if (!pattern.matches(".*[*?\\[{].*")) {
      return List.of(Path.of(pattern).normalize());
    }
    Path whole = Path.of(pattern).normalize();
    Path folder = whole.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + whole);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(matcher::matches).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be listed".formatted(folder), e);
    }
  }
}
