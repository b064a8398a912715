package io.ghostworks.bench.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives each load to each server in turn. Tables go to standard output, progress to standard error.
 */
public final class PeerRun {
  private PeerRun() {}

  /** One load given to all servers. */
  @FunctionalInterface
  public interface Step<L extends Enum<L>> {
    void run(L load) throws IOException, InterruptedException;
  }

  /**
   * @param time of the newest rows, which the report names
   */
  public static <L extends Enum<L>> void run(
      PeerOptions<L, ?> options, Report report, Instant time, Step<L> step)
      throws IOException, InterruptedException {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("cores", Runtime.getRuntime().availableProcessors());
    about.put("time", time.toString());
    about.put("scale", options.scale());
    about.put("seed", options.seed());
    for (L load : options.loads()) {
      step.run(load);
    }
    System.out.println(new ObjectMapper().writeValueAsString(about));
    options.loads().forEach(load -> report.print(PeerOptions.option(load)));
    Path json = options.json();
    if (json != null) {
      report.write(json, about);
    }
  }
}
