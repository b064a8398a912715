package io.ghostworks.server.self;

import io.ghostworks.model.metric.MetricType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What the control group of this process may use and uses, of version 2 or 1; nothing where there
 * is none. A limit is the smallest of the group's own and of those above it.
 *
 * <p>Source: the kernel's "Control Group v2" and "cgroup-v1/memory"; {@code man 7 cgroups} for
 * {@code /proc/self/cgroup}.
 */
public final class CgroupLimits {

  /** Version 1 says "none" with a number of this size, rounded down to a page. */
  private static final long UNLIMITED_BYTES = 1L << 60;

  private final Hierarchy memory;
  private final Hierarchy cpu;

  /** The groups of this process. */
  public CgroupLimits() {
    this(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
  }

  /**
   * @param membership a file in the form of {@code /proc/self/cgroup}
   * @param root where the hierarchies are mounted
   */
  public CgroupLimits(Path membership, Path root) {
    List<String> lines = lines(membership);
    this.memory = Hierarchy.of("memory", lines, root);
    this.cpu = Hierarchy.of("cpu", lines, root);
  }

  /**
   * One controller's groups.
   *
   * @param folders from the process's own group upwards
   */
  private record Hierarchy(boolean version1, List<Path> folders) {

    private static Hierarchy of(String controller, List<String> membership, Path root) {
      String unified = "/";
      for (String line : membership) {
        String[] fields = line.split(":", 3);
        if (fields.length < 3) {
          continue;
        }
        if (fields[1].isEmpty()) {
          unified = fields[2];
        } else if (Arrays.asList(fields[1].split(",", -1)).contains(controller)) {
          Path mounted = root.resolve(fields[1]);
          return new Hierarchy(
              true,
              folders(Files.isDirectory(mounted) ? mounted : root.resolve(controller), fields[2]));
        }
      }
      return new Hierarchy(false, folders(root, unified));
    }

    /** A group that is not visible here, as in a container, stands for the mounted one. */
    private static List<Path> folders(Path root, String group) {
      List<Path> folders = new ArrayList<>();
      Path top = root.normalize();
      Path folder = top.resolve(group.replaceFirst("^/+", "")).normalize();
      while (folder != null && folder.startsWith(top) && !folder.equals(top)) {
        if (Files.isDirectory(folder)) {
          folders.add(folder);
        }
        folder = folder.getParent();
      }
      folders.add(top);
      return folders;
    }
  }

  /** Bytes of memory that the group may use, where it is limited. */
  public OptionalLong memoryLimitBytes() {
    String file = memory.version1() ? "memory.limit_in_bytes" : "memory.max";
    return memory.folders().stream()
        .map(folder -> number(folder.resolve(file)))
        .flatMapToLong(OptionalLong::stream)
        .filter(bytes -> bytes < UNLIMITED_BYTES)
        .min();
  }

  /** Bytes of memory that the group uses. */
  public OptionalLong memoryUsageBytes() {
    return number(
        memory
            .folders()
            .getFirst()
            .resolve(memory.version1() ? "memory.usage_in_bytes" : "memory.current"));
  }

  /** CPUs that the group may use, where it is limited. */
  public OptionalDouble cpuLimit() {
    Function<Path, OptionalDouble> limit =
        cpu.version1() ? CgroupLimits::quota : CgroupLimits::cpuMax;
    return cpu.folders().stream().map(limit).flatMapToDouble(OptionalDouble::stream).min();
  }

  private static OptionalDouble cpuMax(Path folder) {
    String[] words = text(folder.resolve("cpu.max")).split(" ", -1);
    if (words.length != 2 || words[0].equals("max")) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Double.parseDouble(words[0]) / Double.parseDouble(words[1]));
  }

  private static OptionalDouble quota(Path folder) {
    OptionalLong quota = number(folder.resolve("cpu.cfs_quota_us"));
    OptionalLong period = number(folder.resolve("cpu.cfs_period_us"));
    return quota.isPresent() && period.isPresent() && quota.getAsLong() > 0
        ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong())
        : OptionalDouble.empty();
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

  private static OptionalLong number(Path file) {
    String text = text(file);
    return text.isEmpty() || text.equals("max")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(text));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return ""; // no such controller for this group
    }
  }

  private static List<String> lines(Path membership) {
    try {
      return Files.readAllLines(membership);
    } catch (IOException e) {
      return List.of(); // not Linux: every file below is missing too, and nothing is reported
    }
  }
}
