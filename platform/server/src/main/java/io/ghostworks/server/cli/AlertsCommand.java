package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.server.cli.ServerAddress.ServerException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts}: what a running server's Alertmanager knows, and why an alert is told or not. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    subcommands = TestSendCommand.class,
    description = "Lists the alerts of a running server, or explains what happens to one.")
final class AlertsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private final WebAddress server = new WebAddress();

  @Option(names = "--json", description = "Prints the answer as the server gave it.")
  private boolean json;

  @Option(
      names = "--filter",
      paramLabel = "MATCHER",
      description = "Only alerts that fulfil it, as 'severity=\"page\"'; may be given again.")
  private List<String> filters = new ArrayList<>();

  @Override
  public Integer call() {
    return print(
        spec,
        server,
        "/alertmanager/api/v2/alerts",
        query("filter", filters),
        json,
        AlertTables::alerts);
  }

  @Command(
      name = "why",
      mixinStandardHelpOptions = true,
      description = {
        "Says which routes take an alert with these labels, and which silences, inhibitions and",
        "time intervals hold it, now or at another time."
      })
  int why(
      @Mixin WebAddress address,
      @Option(
              names = "--at",
              paramLabel = "TIME",
              description = "Unix seconds or RFC 3339 (default now).")
          @Nullable String at,
      @Option(names = "--json", description = "Prints the answer as the server gave it.")
          boolean asJson,
      @Parameters(
              paramLabel = "LABEL=VALUE",
              arity = "1..*",
              description = "Labels, or alone the fingerprint of an alert.")
          List<String> labels) {
    boolean fingerprint = labels.size() == 1 && labels.getFirst().matches("[0-9a-f]{16}");
    List<Map.Entry<String, String>> query = query(fingerprint ? "fingerprint" : "label", labels);
    if (at != null) {
      query.add(Map.entry("at", at));
    }
    return print(spec, address, "/api/platform/alerts/why", query, asJson, AlertTables::why);
  }

  static List<Map.Entry<String, String>> query(String name, List<String> values) {
    List<Map.Entry<String, String>> query = new ArrayList<>();
    values.forEach(value -> query.add(Map.entry(name, value)));
    return query;
  }

  static int print(
      CommandSpec spec,
      WebAddress server,
      String path,
      List<Map.Entry<String, String>> query,
      boolean json,
      BiConsumer<JsonNode, PrintWriter> table) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      JsonNode answer = server.get(path, query);
      if (json) {
        out.println(answer);
      } else {
        table.accept(answer, out);
      }
      out.flush();
      return 0;
    } catch (ServerException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
