package io.ghostworks.server.self;

import io.ghostworks.model.metric.MetricType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the control group (version 2) of this process may use and uses; nothing where there is none.
 */
public final class CgroupLimits {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  private final Path folder;

  public CgroupLimits() {
    this.folder = ownFolder();
  }

  /** Bytes of memory that the group may use, where it is limited. */
  public OptionalLong memoryLimitBytes() {
    return number("memory.max");
  }

  /** Bytes of memory that the group uses. */
  public OptionalLong memoryUsageBytes() {
    return number("memory.current");
  }

  /** CPUs that the group may use, where it is limited. */
  public OptionalDouble cpuLimit() {
    String[] words = text("cpu.max").split(" ", -1);
    if (words.length != 2 || words[0].equals("max")) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Double.parseDouble(words[0]) / Double.parseDouble(words[1]));
  }

  void write(MetricWriter out) {
    memoryUsageBytes()
        .ifPresent(bytes -> {
          out.family(
              "container_memory_usage_bytes",
              MetricType.GAUGE,
              "bytes",
              "Memory usage of the control group.");
          out.sample("container_memory_usage_bytes", bytes);
        });
    memoryLimitBytes()
        .ifPresent(bytes -> {
          out.family(
              "container_memory_limit_bytes",
              MetricType.GAUGE,
              "bytes",
              "Memory limit of the control group.");
          out.sample("container_memory_limit_bytes", bytes);
        });
    cpuLimit()
        .ifPresent(cpus -> {
          out.family(
              "container_cpu_limit", MetricType.GAUGE, "", "CPUs that the control group may use.");
          out.sample("container_cpu_limit", cpus);
        });
  }

  private OptionalLong number(String file) {
    String text = text(file);
    return text.isEmpty() || text.equals("max")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(text));
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file)).strip();
    } catch (IOException e) {
      return ""; // no such controller for this group
    }
  }

  private static Path ownFolder() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        if (line.startsWith("0::/")) {
          Path own = ROOT.resolve(line.substring(4));
          return Files.isDirectory(own) ? own : ROOT;
        }
      }
    } catch (IOException e) {
      return ROOT; // not Linux: every file below is missing, and nothing is reported
    }
    return ROOT;
  }
}
