package io.ghostworks.template;

import java.util.List;

/** Test cases as lines: a template, a tilde, what is expected; {@code ⏎} is a line's end. */
final class GoldenLines {

  private GoldenLines() {}

  static List<String[]> read(String text) {
    return text.lines().map(line -> line.replace('⏎', '\n').split("~", 2)).toList();
  }
}
