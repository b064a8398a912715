package io.ghostworks.config.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceRunTest {
  @TempDir Path folder;

  @Test
  void goodFilesMustBeAcceptedAndBadOnesRefused() throws IOException {
    write("a.good.txt", "");
    write("b.bad.txt", "mistake");
    write("deep/c.bad.txt", "");
    write("d.good.txt", "mistake\nin two lines");
    write("e.other", "mistake");
    ConformanceRun run = ConformanceRun.of(new WordsKind(), folder);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "FAIL " + folder.resolve("d.good.txt") + " refused: mistake in two lines",
            "FAIL " + folder.resolve("deep/c.bad.txt") + " accepted, but must be refused",
            "2 passed, 2 failed");
    assertThat(run.exitStatus()).isEqualTo(1);
  }

  @Test
  void nothingRunIsNotSuccess() throws IOException {
    assertThat(ConformanceRun.of(new WordsKind(), folder).exitStatus()).isEqualTo(1);
    assertThat(ConformanceRun.of(new WordsKind(), write("x.good.txt", "")).exitStatus()).isZero();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private record WordsKind() implements ConformanceKind {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public boolean accepts(Path file) {
      return file.toString().endsWith(".txt");
    }

    @Override
    public List<CaseResult> run(Path file) throws IOException {
      String text = Files.readString(file);
      return List.of(ConformanceKind.judge(file, text.isEmpty() ? List.of() : List.of(text)));
    }
  }
}
