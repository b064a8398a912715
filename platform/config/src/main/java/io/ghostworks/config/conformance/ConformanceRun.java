package io.ghostworks.config.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs all cases of one kind under a file or folder. Prints {@code NOTE path text} for what is to
 * be told beside the cases, {@code FAIL path[:line] reason} for each failed case and {@code N
 * passed, M failed} as its last line.
 */
public final class ConformanceRun {
  private final ConformanceKind kind;
  private int passed;
  private final List<CaseResult> failed = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ConformanceRun(ConformanceKind kind) {
    this.kind = kind;
  }

  /** Runs {@code kind} over {@code path}, read recursively in the order of names. */
  public static ConformanceRun of(ConformanceKind kind, Path path) throws IOException {
    ConformanceRun run = new ConformanceRun(kind);
    if (Files.isRegularFile(path)) {
      run.file(path);
      return run;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).filter(kind::accepts).sorted().toList()) {
        run.file(file);
      }
    }
    return run;
  }

  public int passed() {
    return passed;
  }

  /** The failed cases in the order in which they ran. */
  public List<CaseResult> failed() {
    return List.copyOf(failed);
  }

  /** 0 where nothing failed and something passed, otherwise 1. */
  public int exitStatus() {
    return failed.isEmpty() && passed > 0 ? 0 : 1;
  }

  public void print(PrintStream out) {
    for (String note : notes) {
      out.println("NOTE " + note);
    }
    for (CaseResult result : failed) {
      out.println("FAIL " + result.place() + " " + result.failure());
    }
    out.println(passed + " passed, " + failed.size() + " failed");
  }

  private void file(Path file) {
    for (CaseResult result : results(file)) {
      if (result.isPassed()) {
        passed++;
      } else {
        failed.add(result);
      }
    }
    note(file);
  }

  private void note(Path file) {
    try {
      kind.notes(file).forEach(note -> notes.add(file + " " + note));
    } catch (IOException | RuntimeException e) {
      // Its cases have failed and say why.
    }
  }

  private List<CaseResult> results(Path file) {
    try {
      return kind.run(file);
    } catch (IOException | RuntimeException e) {
      return List.of(CaseResult.failed(file.toString(), "cannot be run: " + e));
    }
  }
}
