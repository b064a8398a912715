package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Findings;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules}: what is done with rule files beside evaluating them. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    subcommands = {RuleBacktests.class, RuleReviews.class},
    description = "Works with rule files and a running server.")
final class RulesCommand implements Runnable {
  private static final Duration END_BEFORE_NOW = Duration.ofHours(3);

  /** What one request covers: all that a rule makes of it stands in memory once. */
  private static final long CHUNK_NANOS = Duration.ofHours(6).toNanos();

  private static final long STEPS_MAX = 10_000;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what to do is needed: backfill, backtest or review");
  }

  /** The options are those of promtool's {@code tsdb create-blocks-from rules}. */
  @Command(
      name = "backfill",
      mixinStandardHelpOptions = true,
      description = {
        "Computes the recording rules of files over a stored range, and stores their series.",
        "Alerting rules are left out. Rules see what rules before them made. It needs an admin's"
            + " token."
      })
  int backfill(
      @Mixin ServerAddress server,
      @Option(
              names = "--start",
              required = true,
              paramLabel = "TIME",
              description = "Unix seconds or RFC 3339.")
          String start,
      @Option(
              names = "--end",
              paramLabel = "TIME",
              description = "Unix seconds or RFC 3339 (default 3 hours ago).")
          @Nullable String end,
      @Option(
              names = "--eval-interval",
              paramLabel = "DURATION",
              defaultValue = "60s",
              description = "Of groups that set no interval (default ${DEFAULT-VALUE}).")
          String evalInterval,
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rule files.")
          List<Path> files)
      throws InterruptedException {
    long startNanos = epochNanos("--start", start);
    long endNanos =
        end == null
            ? Instant.now().minus(END_BEFORE_NOW).getEpochSecond() * 1_000_000_000L
            : epochNanos("--end", end);
    if (endNanos < startNanos) {
      throw new ParameterException(
          spec.commandLine(), "--end must not be before --start, got %s".formatted(end));
    }
    Duration interval = interval(evalInterval);
    List<RuleFile> read = read(files);
    Totals totals = new Totals();
    try {
      for (RuleFile file : read) {
        for (RuleFile.Group group : file.groups()) {
          backfill(server, file, group, interval, startNanos, endNanos, totals);
        }
      }
    } catch (ServerAddress.ServerException e) {
      spec.commandLine().getErr().println("ghostworks: " + e.getMessage());
      return 1;
    }
    out()
        .printf(
            "stored %d samples; %d were refused, most often because another value is stored at"
                + " their time%n",
            totals.stored, totals.refused);
    return 0;
  }

  private void backfill(
      ServerAddress server,
      RuleFile file,
      RuleFile.Group group,
      Duration absent,
      long startNanos,
      long endNanos,
      Totals totals)
      throws ServerAddress.ServerException, InterruptedException {
    long interval = (group.interval().isZero() ? absent : group.interval()).toNanos();
    long chunk = Math.min(CHUNK_NANOS, STEPS_MAX * interval);
    long slot = group.slotAtOrBefore(file.file(), interval, startNanos);
    slot = slot < startNanos ? slot + interval : slot;
    Duration offset = group.queryOffset();
    long offsetNanos = offset == null ? 0 : offset.toNanos();
    while (slot <= endNanos) {
      long last = Math.min(endNanos, slot + chunk - 1);
      last = slot + (last - slot) / interval * interval;
      for (RuleFile.Rule rule : group.rules()) {
        if (rule instanceof RuleFile.Recording recording) {
          List<Map.Entry<String, String>> form =
              form(recording, slot - offsetNanos, last - offsetNanos, interval);
          form.add(Map.entry("limit", Integer.toString(Math.max(0, group.limit()))));
          JsonNode answer = ask(server, group, recording, form);
          totals.add(answer.path("data"));
          out()
              .printf(
                  "%s %s %s: %d samples of %d series%n",
                  Instant.ofEpochSecond(0, slot),
                  group.name(),
                  recording.name(),
                  answer.path("data").path("stored").asLong(),
                  answer.path("data").path("series").asLong());
        }
      }
      slot = last + interval;
    }
  }

  private static JsonNode ask(
      ServerAddress server,
      RuleFile.Group group,
      RuleFile.Recording rule,
      List<Map.Entry<String, String>> form)
      throws ServerAddress.ServerException, InterruptedException {
    try {
      return server.ask("/api/platform/record", form);
    } catch (ServerAddress.ServerException e) {
      throw new ServerAddress.ServerException(
          "group %s, rule %s: %s".formatted(group.name(), rule.name(), e.getMessage()));
    }
  }

  private static List<Map.Entry<String, String>> form(
      RuleFile.Recording rule, long startNanos, long endNanos, long stepNanos) {
    List<Map.Entry<String, String>> form = new ArrayList<>();
    form.add(Map.entry("query", rule.expression().toString()));
    form.add(Map.entry("record", rule.name()));
    rule.labels().forEach((name, value) -> form.add(Map.entry("label", name + "=" + value)));
    form.add(Map.entry("start", seconds(startNanos)));
    form.add(Map.entry("end", seconds(endNanos)));
    form.add(Map.entry("step", seconds(stepNanos)));
    return form;
  }

  private List<RuleFile> read(List<Path> files) {
    RuleFileReader reader = new RuleFileReader(ParserOptions.ALL);
    List<RuleFile> read = new ArrayList<>();
    Findings findings = new Findings();
    for (Path file : files) {
      read.add(reader.read(file.toString(), ConfigFile.read(file), findings));
    }
    findings.throwIfErrors();
    return read;
  }

  private Duration interval(String text) {
    try {
      Duration interval = DurationForm.PROMETHEUS.parse(text);
      if (interval.toMillis() > 0) {
        return interval;
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--eval-interval must be a duration, got '%s'".formatted(text), e);
    }
    throw new ParameterException(spec.commandLine(), "--eval-interval must be at least 1ms");
  }

  private long epochNanos(String option, String text) {
    try {
      return new BigDecimal(text).movePointRight(9).longValue();
    } catch (NumberFormatException e) {
      return instantNanos(option, text);
    }
  }

  private long instantNanos(String option, String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be Unix seconds or a time of RFC 3339, got '%s'".formatted(option, text),
          e);
    }
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos / 1_000_000, 3).toPlainString();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** What became of all samples. */
  private static final class Totals {
    private long stored;
    private long refused;

    void add(JsonNode data) {
      stored += data.path("stored").asLong();
      refused += data.path("refused").asLong();
    }
  }
}
