package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.config.DurationForm;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules review}: tells how the alerting rules of a server have done. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description =
        "Tells how the alerting rules of a running server have done: how often each fired, how"
            + " long, whether it flapped, was silenced, acknowledged or told to nobody.")
final class RuleReviews implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ServerAddress server = new ServerAddress();

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "How far back is looked (default 7d).")
  private @Nullable String window;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, or json (the answer's data as the server gave it; default table).")
  private RuleBacktests.Format format = RuleBacktests.Format.TABLE;

  @Override
  public Integer call() throws InterruptedException {
    List<Map.Entry<String, String>> form = new ArrayList<>();
    if (window != null) {
      form.add(Map.entry("window", window));
    }
    JsonNode data;
    try {
      data = server.ask("/api/platform/rules/review", form).path("data");
    } catch (ServerAddress.ServerException e) {
      spec.commandLine().getErr().println("ghostworks: " + e.getMessage());
      return 1;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (format == RuleBacktests.Format.JSON) {
      out.println(data);
    } else {
      print(out, data);
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, JsonNode data) {
    TableText table =
        new TableText(
            List.of("RULE", "FIRED", "FOR", "FLAPS", "NOW", "SILENCED", "ACKED", "REMARKS"));
    for (JsonNode rule : data.path("rules")) {
      List<String> remarks = new ArrayList<>();
      rule.path("remarks").forEach(remark -> remarks.add(remark.asText()));
      table.add(
          List.of(
              rule.path("rule").asText(),
              rule.path("fired").asText(),
              DurationForm.PROMETHEUS.format(
                  Duration.ofSeconds(Math.round(rule.path("firingSeconds").asDouble()))),
              rule.path("flaps").asText(),
              rule.path("firingNow").asText(),
              rule.path("silenced").asText(),
              rule.path("acknowledged").asText(),
              String.join("; ", remarks)));
    }
    table.printTable(out);
  }
}
