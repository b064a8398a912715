package io.ghostworks.rules.test;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.Findings;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs files of unit tests of rules, as {@code promtool test rules} does. */
public final class RuleTests {
  private final TestOptions options;
  private final Consumer<String> debug;

  /**
   * @param debug takes what the options ask for, line by line
   */
  public RuleTests(TestOptions options, Consumer<String> debug) {
    this.options = options;
    this.debug = debug;
  }

  /** Runs the tests of a file. */
  public TestOutcome run(Path path) {
    List<String> warnings = new ArrayList<>();
    try {
      RuleTestFile file = RuleTestReader.read(path);
      List<Path> ruleFiles = ruleFiles(file, warnings);
      List<TestOutcome.Case> cases = new ArrayList<>();
      for (int i = 0; i < file.tests().size(); i++) {
        RuleTestFile.Test test = file.tests().get(i);
        if (options.run() == null || options.run().matcher(test.name()).find()) {
          String name = test.name().isEmpty() ? "unnamed#" + i : test.name();
          cases.add(new TestOutcome.Case(name, run(file, test, name, ruleFiles)));
        }
      }
      return new TestOutcome(path.toString(), warnings, "", cases);
    } catch (ConfigException | IllegalArgumentException e) {
      return new TestOutcome(path.toString(), warnings, message(e), List.of());
    }
  }

  private static String message(RuntimeException e) {
    return e instanceof ConfigException refused
        ? refused.errors().stream().map(ConfigError::toString).collect(Collectors.joining("\n"))
        : String.valueOf(e.getMessage());
  }

  private static List<Path> ruleFiles(RuleTestFile file, List<String> warnings) {
    Path folder = file.path().getParent();
    List<Path> found = new ArrayList<>();
    for (String pattern : file.ruleFiles()) {
      Path path = folder == null ? Path.of(pattern) : folder.resolve(pattern);
      List<Path> matching = GoGlob.expand(path);
      if (matching.isEmpty()) {
        warnings.add("no file match pattern " + path);
      }
      found.addAll(matching);
    }
    return found;
  }

  private List<String> run(
      RuleTestFile file, RuleTestFile.Test test, String name, List<Path> ruleFiles) {
    long began = System.nanoTime();
    if (options.debug()) {
      debug.accept("DEBUG: Starting test " + name);
    }
    List<String> failures;
    try {
      failures = new RuleTestRun(file, test, options, rules(ruleFiles), debug).run();
    } catch (ConfigException | IllegalArgumentException e) {
      failures = List.of(message(e));
    }
    if (options.debug()) {
      debug.accept(
          "DEBUG: Test %s finished, took %.3fms"
              .formatted(name, (System.nanoTime() - began) / 1e6));
    }
    return failures;
  }

  /** Rules keep their alerts, so that each test reads its own. */
  private List<RuleFile> rules(List<Path> files) {
    RuleFileReader reader = new RuleFileReader(options.engine().parser());
    if (options.ignoreUnknownFields()) {
      reader = reader.ignoringUnknownKeys();
    }
    Findings findings = new Findings();
    List<RuleFile> rules = new ArrayList<>();
    for (Path file : files) {
      rules.add(reader.read(file.toString(), ConfigFile.read(file), findings));
    }
    findings.throwIfErrors();
    return rules;
  }
}
