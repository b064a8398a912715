package io.ghostworks.config.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One family of published cases, as {@code prometheus-config}: which files hold them, and whether
 * each holds true here.
 */
public interface ConformanceKind {

  /** The name under which the command line knows it. */
  String name();

  /**
   * Whether {@code file}, found in a folder, holds cases of this kind. A file named on the command
   * line is always taken.
   */
  boolean accepts(Path file);

  /**
   * The outcome of each case of {@code file}, in order; empty where it holds none.
   *
   * @throws IOException where the file cannot be read, which counts as one failed case
   */
  List<CaseResult> run(Path file) throws IOException;

  /**
   * What is to be told of a file beside its cases, such as what of it is not supported; one line
   * each.
   *
   * @throws IOException where the file cannot be read, which {@link #run} tells
   */
  default List<String> notes(Path file) throws IOException {
    return List.of();
  }

  /**
   * Whether a file is published as one to be refused: {@code bad} is a dot-separated part of its
   * name, as in {@code rules.bad.yml}.
   */
  static boolean mustBeRefused(Path file) {
    Path name = file.getFileName();
    return name != null && List.of(name.toString().split("\\.", -1)).contains("bad");
  }

  /**
   * Judges one file of a kind where good files are accepted and bad ones refused. {@code mistakes}
   * is empty for accepted.
   */
  static CaseResult judge(Path file, List<String> mistakes) {
    boolean refused = !mistakes.isEmpty();
    if (refused == mustBeRefused(file)) {
      return CaseResult.passed(file.toString());
    }
    return refused
        ? CaseResult.failed(file.toString(), "refused: " + String.join("; ", mistakes))
        : CaseResult.failed(file.toString(), "accepted, but must be refused");
  }
}
