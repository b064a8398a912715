package io.ghostworks.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silences}: those of a running server; {@code amtool} makes and ends them. */
@Command(
    name = "silences",
    mixinStandardHelpOptions = true,
    description = "Lists the silences of a running server that hold or will.")
final class SilencesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private final WebAddress server = new WebAddress();

  @Option(names = "--json", description = "Prints the answer as the server gave it.")
  private boolean json;

  @Option(names = "--expired", description = "Lists those too that have ended.")
  private boolean expired;

  @Option(
      names = "--filter",
      paramLabel = "MATCHER",
      description = "Only silences that have this matcher; may be given again.")
  private List<String> filters = new ArrayList<>();

  @Override
  public Integer call() {
    List<Map.Entry<String, String>> query = AlertsCommand.query("filter", filters);
    query.add(Map.entry("expired", Boolean.toString(expired)));
    return AlertsCommand.print(
        spec, server, "/alertmanager/api/v2/silences", query, json, AlertTables::silences);
  }
}
