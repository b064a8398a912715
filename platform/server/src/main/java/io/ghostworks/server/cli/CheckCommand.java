package io.ghostworks.server.cli;

import io.ghostworks.alertmanager.config.AlertmanagerConfigReader;
import io.ghostworks.collector.config.CollectorConfigReader;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.dashboards.Dashboards;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.rules.lint.LintCheck;
import io.ghostworks.rules.lint.LintFinding;
import io.ghostworks.rules.lint.PanelLint;
import io.ghostworks.rules.lint.RuleLint;
import io.ghostworks.rules.lint.RuleSubjects;
import io.ghostworks.scrape.prometheusfile.PrometheusFileReader;
import io.ghostworks.server.files.FileKind;
import io.ghostworks.server.settings.SettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code check}: tells everything that is wrong with configuration files; warnings do not fail it.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    subcommands = {CheckMetricsCommand.class, CheckRulesCommand.class},
    description = {
      "Checks configuration files.",
      "KIND is one of ghostworks, prometheus, rules, loki_rules, trace_rules, alertmanager,"
          + " collector, dashboards; without it each file's keys tell its kind."
    })
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "[KIND] FILE", arity = "0..*")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    if (arguments.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "a file is needed, or 'metrics'");
    }
    Optional<FileKind> kind = FileKind.find(arguments.getFirst());
    List<String> files = kind.isPresent() ? arguments.subList(1, arguments.size()) : arguments;
    if (files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "a file is needed after the kind");
    }
    boolean failed = false;
    for (String file : files) {
      Findings findings = new Findings();
      @Nullable FileKind found = check(Path.of(file), kind, findings);
      failed |= report(file, found, findings);
    }
    return failed ? 1 : 0;
  }

  private @Nullable FileKind check(Path file, Optional<FileKind> wanted, Findings findings) {
    try {
      ConfigNode root = ConfigFile.read(file);
      Optional<FileKind> kind = wanted.or(() -> FileKind.of(root));
      if (kind.isEmpty()) {
        findings.error(
            root,
            "must be a ghostworks, prometheus, rules, alertmanager, collector or dashboard file,"
                + " but its keys tell none",
            "name the kind: ./ghostworks check prometheus " + file);
        return null;
      }
      read(kind.get(), file, findings);
      lint(kind.get(), file, root, findings);
      return kind.get();
    } catch (ConfigException e) {
      findings.errors(e);
      return null;
    }
  }

  private static void read(FileKind kind, Path file, Findings findings) {
    switch (kind) {
      case GHOSTWORKS -> SettingsReader.read(file, findings);
      case PROMETHEUS ->
          PrometheusFileReader.read(file, name -> System.getenv().getOrDefault(name, ""), findings);
      case RULES -> rules(file, RuleLanguage.PROMQL, findings);
      case LOKI_RULES -> rules(file, RuleLanguage.LOGQL, findings);
      case TRACE_RULES -> rules(file, RuleLanguage.TRACEQL, findings);
      case ALERTMANAGER -> AlertmanagerConfigReader.read(file, findings);
      case COLLECTOR -> CollectorConfigReader.read(file, System::getenv, findings);
      case DASHBOARDS -> Dashboards.read(List.of(file), findings);
    }
  }

  /** What is wrong with rules and panels although they can be read. */
  private void lint(FileKind kind, Path file, ConfigNode root, Findings findings) {
    if (findings.hasErrors()) {
      return;
    }
    List<LintFinding> found =
        switch (kind) {
          case RULES -> new RuleLint().check(RuleSubjects.of(file.toString(), root));
          case DASHBOARDS -> new PanelLint(new RuleLint()).check(file.toString(), root);
          default -> List.of();
        };
    RuleFindings.print(spec.commandLine().getOut(), found, EnumSet.allOf(LintCheck.class));
  }

  private static void rules(Path file, RuleLanguage language, Findings findings) {
    new RuleFileReader(ParserOptions.DEFAULT).readAll(file, language, findings);
  }

  private boolean report(String file, @Nullable FileKind kind, Findings findings) {
    PrintWriter out = spec.commandLine().getOut();
    findings.errors().forEach(error -> out.println("error: " + error));
    findings
        .unsupported()
        .forEach(unsupported -> out.println("warning: serve refuses this: " + unsupported));
    findings.withoutEffect().forEach(request -> out.println("warning: " + request));
    findings.warnings().forEach(warning -> out.println("warning: " + warning));
    if (!findings.hasErrors() && kind != null) {
      out.println("%s: good %s file".formatted(file, kind.word()));
    }
    return findings.hasErrors();
  }
}
