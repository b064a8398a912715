package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snapshot}: asks a running server for a snapshot of its series. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description =
        "Makes a snapshot of a running server's series, in DATA/snapshots there; it needs"
            + " listen.admin_api and an admin's token.")
final class SnapshotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerAddress server = new ServerAddress();

  @Option(names = "--skip-head", description = "Leave out what is not in files yet.")
  private boolean skipHead;

  @Override
  public Integer call() throws InterruptedException {
    try {
      JsonNode answer =
          server.ask(
              "/api/v1/admin/tsdb/snapshot",
              List.of(Map.entry("skip_head", Boolean.toString(skipHead))));
      spec.commandLine().getOut().println(answer.path("data").path("name").asText());
      return 0;
    } catch (ServerAddress.ServerException e) {
      spec.commandLine().getErr().println("ghostworks: " + e.getMessage());
      return 1;
    }
  }
}
