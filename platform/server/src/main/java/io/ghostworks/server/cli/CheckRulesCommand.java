package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.rules.lint.LintCheck;
import io.ghostworks.rules.lint.LintFinding;
import io.ghostworks.rules.lint.RuleLint;
import io.ghostworks.rules.lint.RuleSubjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code check rules}: tells what is wrong with rule files: mistakes, and what the lint finds, with
 * a server's data where it is asked to.
 */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Checks rule files; without a file, standard input.",
      "Mistakes fail it. What the lint finds is told and fails it with --lint-fatal only."
    })
final class CheckRulesCommand implements Callable<Integer> {

  /** Standard input's name in findings. */
  private static final String STANDARD_INPUT = "standard input";

  private static final int INPUT_BYTES_MAX = 32 << 20;

  @Spec private CommandSpec spec;

  @Mixin private ServerAddress server = new ServerAddress();

  @Option(
      names = "--lint",
      split = ",",
      paramLabel = "CHECK",
      defaultValue = "all",
      description = {
        "all, none, problems, or some of duplicate-rules, divides-itself, quantile-without-le,",
        "absolute-error-rate, never-true, dropped-label, absent-series, short-range, wrong-type,",
        "dropped-routing-label, missing-for, missing-runbook (default all)."
      })
  private List<String> lint = new ArrayList<>();

  @Option(names = "--lint-fatal", description = "Problems that the lint finds fail the check.")
  private boolean lintFatal;

  @Option(
      names = "--ignore-unknown-fields",
      description = "Files may have keys that are not known; serve refuses them.")
  private boolean ignoreUnknownFields;

  @Option(
      names = "--with-data",
      description = "Also look at the series of a running server (see --server).")
  private boolean withData;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Rule files.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Set<LintCheck> wanted = wanted();
    boolean failed = false;
    try {
      if (files.isEmpty()) {
        byte[] input = System.in.readNBytes(INPUT_BYTES_MAX);
        failed = check(STANDARD_INPUT, new String(input, StandardCharsets.UTF_8), wanted);
      }
      for (Path file : files) {
        failed |= check(file, wanted);
      }
    } catch (ServerAddress.ServerException e) {
      spec.commandLine().getErr().println("ghostworks: " + e.getMessage());
      return 1;
    }
    return failed ? 1 : 0;
  }

  private Set<LintCheck> wanted() {
    Set<LintCheck> wanted = EnumSet.noneOf(LintCheck.class);
    for (String word : lint) {
      switch (word) {
        case "all" -> wanted.addAll(EnumSet.allOf(LintCheck.class));
        case "none", "" -> {}
        case "problems" -> {
          wanted.addAll(EnumSet.allOf(LintCheck.class));
          wanted.removeIf(check -> check.severity() == LintCheck.Severity.ADVICE);
        }
        default ->
            wanted.add(
                LintCheck.find(word)
                    .orElseThrow(() ->
                        new ParameterException(
                            spec.commandLine(), "--lint knows no '%s'".formatted(word))));
      }
    }
    return wanted;
  }

  private boolean check(Path file, Set<LintCheck> wanted)
      throws ServerAddress.ServerException, InterruptedException {
    try {
      return check(file.toString(), ConfigFile.text(file), wanted);
    } catch (ConfigException e) {
      return refused(e);
    }
  }

  private boolean refused(ConfigException e) {
    e.errors().forEach(error -> out().println("error: " + error));
    return true;
  }

  /** Whether the check of a file fails. */
  private boolean check(String name, String text, Set<LintCheck> wanted)
      throws ServerAddress.ServerException, InterruptedException {
    Findings findings = new Findings();
    ConfigNode root;
    RuleFile rules;
    try {
      root = YamlReader.read(name, text);
      RuleFileReader reader = new RuleFileReader(ParserOptions.DEFAULT);
      rules =
          (ignoreUnknownFields ? reader.ignoringUnknownKeys() : reader).read(name, root, findings);
    } catch (ConfigException e) {
      return refused(e);
    }
    findings.errors().forEach(error -> out().println("error: " + error));
    findings.warnings().forEach(warning -> out().println("warning: " + warning));
    findings
        .unsupported()
        .forEach(unsupported -> out().println("warning: serve refuses this: " + unsupported));
    if (findings.hasErrors()) {
      return true;
    }
    boolean problems =
        !wanted.isEmpty() && RuleFindings.print(out(), found(name, text, root), wanted);
    int count = rules.groups().stream().mapToInt(group -> group.rules().size()).sum();
    out().println("%s: good rules file, %d rules".formatted(name, count));
    out().flush();
    return problems && lintFatal;
  }

  private List<LintFinding> found(String name, String text, ConfigNode root)
      throws ServerAddress.ServerException, InterruptedException {
    if (!withData) {
      return new RuleLint().check(RuleSubjects.of(name, root));
    }
    JsonNode answer =
        server.ask(
            "/api/platform/rules/lint", List.of(Map.entry("file", name), Map.entry("rules", text)));
    List<LintFinding> findings = new ArrayList<>();
    for (JsonNode each : answer.path("data").path("findings")) {
      LintFinding finding = finding(each);
      if (finding != null) {
        findings.add(finding);
      }
    }
    return findings;
  }

  /** A finding as the server tells it; null for a check that only newer servers know. */
  private static @Nullable LintFinding finding(JsonNode json) {
    LintCheck check = LintCheck.find(json.path("check").asText()).orElse(null);
    return check == null
        ? null
        : new LintFinding(
            check,
            new LintFinding.Place(
                json.path("file").asText(),
                json.path("line").asInt(),
                json.path("group").asText(),
                json.path("rule").asText()),
            json.path("severity").asText().equals("problem")
                ? LintCheck.Severity.PROBLEM
                : LintCheck.Severity.ADVICE,
            json.path("reason").asText(),
            json.path("corrected").asText(""),
            json.path("correctedRule").asText(""));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
