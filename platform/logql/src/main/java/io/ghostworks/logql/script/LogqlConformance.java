package io.ghostworks.logql.script;

import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The conformance kind logql: test scripts of Loki's logqltest. Each eval command is a case. */
public final class LogqlConformance implements ConformanceKind {

  @Override
  public String name() {
    return "logql";
  }

  @Override
  public boolean accepts(Path file) {
    return file.toString().endsWith(".logqltest");
  }

  @Override
  public List<CaseResult> run(Path file) throws IOException {
    List<CaseResult> results = new ArrayList<>();
    for (ScriptRun.Outcome outcome : ScriptRun.run(Files.readString(file))) {
      String place = file + ":" + outcome.line();
      results.add(
          outcome.failure().isEmpty()
              ? CaseResult.passed(place)
              : CaseResult.failed(place, outcome.failure()));
    }
    return results;
  }
}
