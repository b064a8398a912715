package io.ghostworks.server.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.rules.test.JunitReport;
import io.ghostworks.rules.test.RuleTests;
import io.ghostworks.rules.test.TestOptions;
import io.ghostworks.rules.test.TestOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code test rules}: runs unit tests of rules, with promtool's options and output. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Runs unit tests of rules; without 'rules' the project's own tests.")
final class TestCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also writes the results as JUnit's XML.")
  private @Nullable Path junit;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to test is needed: rules FILE...");
  }

  /** Runs the tests of files; 0 if all passed, 1 if one failed. */
  @Command(
      name = "rules",
      mixinStandardHelpOptions = true,
      description = {
        "Runs unit tests of rules, in the format of promtool.",
        "",
        "  ./ghostworks test rules tests/*.yml"
      })
  int rules(
      @Option(
              names = "--run",
              paramLabel = "REGEX",
              description = "Only tests whose names it finds; may be given more than once.")
          @Nullable List<String> run,
      @Option(names = "--diff", description = "Show differences line by line, in colours.")
          boolean diff,
      @Option(names = "--debug", description = "Tell what data each test has.") boolean debug,
      @Option(
              names = "--ignore-unknown-fields",
              description = "Rule files may have keys that are not known; serve refuses them.")
          boolean ignoreUnknownFields,
      @Option(
              names = "--enable-feature",
              split = ",",
              paramLabel = "FEATURE",
              description =
                  "promql-experimental-functions (always on), promql-delayed-name-removal,"
                      + " promql-extended-range-selectors or promql-binop-fill-modifiers.")
          @Nullable List<String> features,
      @Option(names = "--junit", paramLabel = "FILE", description = "As before 'rules'.")
          @Nullable Path junitHere,
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of tests.")
          List<Path> files)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    TestOptions options =
        new TestOptions(engine(features), pattern(run), diff, debug, ignoreUnknownFields);
    RuleTests tests = new RuleTests(options, err::println);
    List<TestOutcome> outcomes = new ArrayList<>();
    Instant began = Instant.now();
    for (Path file : files) {
      TestOutcome outcome = tests.run(file);
      outcomes.add(outcome);
      print(out, outcome);
    }
    Path report = junitHere == null ? junit : junitHere;
    if (report != null) {
      Files.writeString(report, JunitReport.of(outcomes, began));
    }
    return outcomes.stream().allMatch(TestOutcome::isPassed) ? 0 : 1;
  }

  private static void print(PrintWriter out, TestOutcome outcome) {
    out.println("Unit testing: " + outcome.file());
    outcome.warnings().forEach(warning -> out.println("  WARNING: " + warning));
    if (outcome.isPassed()) {
      out.println("  SUCCESS");
    } else {
      out.println("  FAILED:");
      outcome.failures().forEach(failure -> out.println(failure + "\n"));
    }
    out.println();
    out.flush();
  }

  private @Nullable Pattern pattern(@Nullable List<String> run) {
    if (run == null || run.isEmpty()) {
      return null;
    }
    try {
      return Pattern.compile(String.join("|", run));
    } catch (PatternSyntaxException e) {
      throw new ParameterException(
          spec.commandLine(), "--run must be a regular expression: " + e.getMessage(), e);
    }
  }

  private EngineOptions engine(@Nullable List<String> features) {
    List<String> on = features == null ? List.of() : features;
    for (String feature : on) {
      switch (feature) {
        case "promql-experimental-functions",
            "promql-delayed-name-removal",
            "promql-duration-expr",
            "promql-extended-range-selectors",
            "promql-binop-fill-modifiers" -> {}
        default ->
            throw new ParameterException(
                spec.commandLine(), "--enable-feature knows no '%s'".formatted(feature));
      }
    }
    EngineOptions defaults = EngineOptions.DEFAULT;
    return new EngineOptions(
        new ParserOptions(
            true,
            on.contains("promql-extended-range-selectors"),
            on.contains("promql-binop-fill-modifiers")),
        defaults.lookbackMs(),
        defaults.samplesMax(),
        defaults.subqueryStepMs(),
        on.contains("promql-delayed-name-removal"),
        false,
        false,
        0);
  }
}
