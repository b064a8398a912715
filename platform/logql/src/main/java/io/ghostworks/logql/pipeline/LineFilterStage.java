package io.ghostworks.logql.pipeline;

import com.google.re2j.Pattern;
import io.ghostworks.logql.pattern.LinePattern;
import io.ghostworks.logql.syntax.LineFilter;
import io.ghostworks.model.label.UserRegex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Line filters, all of which must hold. */
final class LineFilterStage implements PipelineStage {
  private final LineTest[] tests;

  /** A condition on a line. */
  private interface LineTest {
    boolean test(Line line);
  }

  private LineFilterStage(LineTest[] tests) {
    this.tests = tests;
  }

  /**
   * Compiles filters.
   *
   * @throws IllegalArgumentException if an address or a pattern is none
   */
  static LineFilterStage of(List<LineFilter> filters) {
    return new LineFilterStage(
        filters.stream().map(LineFilterStage::compile).toArray(LineTest[]::new));
  }

  private static LineTest compile(LineFilter filter) {
    LineTest[] any = alternatives(filter);
    boolean negated = filter.type().negated();
    if (any.length == 1) {
      LineTest only = any[0];
      return negated ? line -> !only.test(line) : only;
    }
    return line -> {
      for (LineTest test : any) {
        if (test.test(line)) {
          return true;
        }
      }
      return false;
    };
  }

  /** Among several, an empty text counts for nothing, as in Loki. */
  private static LineTest[] alternatives(LineFilter filter) {
    List<LineTest> tests = new ArrayList<>();
    List<LineFilter.Needle> needles = filter.alternatives();
    for (LineFilter.Needle needle : needles) {
      boolean empty = needle.text().isEmpty() && !needle.ip();
      if (needles.size() == 1 || !empty || needles.stream().allMatch(n -> n.text().isEmpty())) {
        tests.add(compile(filter.type(), needle));
      }
    }
    return tests.toArray(LineTest[]::new);
  }

  private static LineTest compile(LineFilter.Type type, LineFilter.Needle needle) {
    if (needle.ip()) {
      if (type != LineFilter.Type.CONTAINS && type != LineFilter.Type.NOT_CONTAINS) {
        throw new IllegalArgumentException("ip: invalid operation");
      }
      IpPattern pattern = IpPattern.parse(needle.text());
      return line -> pattern.isIn(line.bytes(), line.from(), line.to());
    }
    return switch (type) {
      case CONTAINS, NOT_CONTAINS -> {
        byte[] bytes = needle.text().getBytes(StandardCharsets.UTF_8);
        yield line -> contains(line, bytes);
      }
      case REGEXP, NOT_REGEXP -> {
        Pattern pattern = UserRegex.compile(needle.text());
        yield line -> pattern.matcher(line.text()).find();
      }
      case PATTERN, NOT_PATTERN -> {
        LinePattern pattern = LinePattern.filter(needle.text());
        yield line -> pattern.test(line.bytes(), line.from(), line.to());
      }
    };
  }

  private static boolean contains(Line line, byte[] needle) {
    if (needle.length == 0) {
      return true;
    }
    byte[] bytes = line.bytes();
    int last = line.to() - needle.length;
    byte first = needle[0];
    for (int i = line.from(); i <= last; i++) {
      if (bytes[i] == first
          && Arrays.equals(bytes, i, i + needle.length, needle, 0, needle.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean process(Line line, LineLabels labels) {
    for (LineTest test : tests) {
      if (!test.test(line)) {
        return false;
      }
    }
    return true;
  }
}
