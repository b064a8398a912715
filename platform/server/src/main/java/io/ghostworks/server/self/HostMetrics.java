package io.ghostworks.server.self;

import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.SeriesBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSFileStore;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * The machine's metrics under the names of the Collector's {@code hostmetrics} receiver, as they
 * stand in Prometheus after translation: {@code system.cpu.time} is {@code
 * system_cpu_time_seconds_total}. Not thread-safe: one thread reads.
 */
public final class HostMetrics {

  private static final Set<String> VIRTUAL_FILE_SYSTEMS =
      Set.of(
          "proc",
          "sysfs",
          "tmpfs",
          "devtmpfs",
          "cgroup",
          "cgroup2",
          "overlay",
          "squashfs",
          "devpts",
          "mqueue",
          "ramfs",
          "nsfs",
          "autofs",
          "tracefs",
          "debugfs",
          "securityfs",
          "bpf",
          "pstore",
          "configfs",
          "fusectl",
          "hugetlbfs",
          "binfmt_misc",
          "rpc_pipefs");

  private final String instance;
  private final HardwareAbstractionLayer hardware;
  private final OperatingSystem system;
  private final CgroupLimits cgroup = new CgroupLimits();
  private long[][] ticksBefore;

  public HostMetrics(String instance) {
    this.instance = instance;
    SystemInfo info = new SystemInfo();
    this.hardware = info.getHardware();
    this.system = info.getOperatingSystem();
    this.ticksBefore = hardware.getProcessor().getProcessorCpuLoadTicks();
  }

  /** Reads the machine; utilizations are over the time since the call before. */
  public SeriesBatch read(long timestampMs) {
    MetricWriter out = new MetricWriter("host", instance, timestampMs);
    cpu(out);
    memory(out);
    disks(out);
    fileSystems(out);
    network(out);
    processes(out);
    cgroup.write(out);
    return out.batch();
  }

  private void cpu(MetricWriter out) {
    CentralProcessor processor = hardware.getProcessor();
    long[][] ticks = processor.getProcessorCpuLoadTicks();
    out.family(
        "system_cpu_time_seconds_total",
        MetricType.COUNTER,
        "seconds",
        "Total seconds each logical CPU spent on each mode.");
    out.family(
        "system_cpu_utilization_ratio",
        MetricType.GAUGE,
        "ratio",
        "Share of time each logical CPU spent on each mode since the last reading.");
    for (int cpu = 0; cpu < ticks.length; cpu++) {
      long elapsed = 0;
      for (TickType type : TickType.values()) {
        elapsed += ticks[cpu][type.getIndex()] - ticksBefore[cpu][type.getIndex()];
      }
      for (TickType type : TickType.values()) {
        int at = type.getIndex();
        String state = state(type);
        out.sample(
            "system_cpu_time_seconds_total",
            ticks[cpu][at] / 1000.0,
            "cpu",
            "cpu" + cpu,
            "state",
            state);
        out.sample(
            "system_cpu_utilization_ratio",
            elapsed <= 0 ? 0 : (double) (ticks[cpu][at] - ticksBefore[cpu][at]) / elapsed,
            "cpu",
            "cpu" + cpu,
            "state",
            state);
      }
    }
    ticksBefore = ticks;
    double[] load = processor.getSystemLoadAverage(3);
    String[] windows = {"1m", "5m", "15m"};
    for (int i = 0; i < windows.length; i++) {
      String name = "system_cpu_load_average_" + windows[i];
      out.family(name, MetricType.GAUGE, "", "Average CPU load over " + windows[i] + ".");
      out.sample(name, load[i]);
    }
    out.family("system_cpu_logical_count", MetricType.GAUGE, "", "Number of logical CPUs.");
    out.sample("system_cpu_logical_count", processor.getLogicalProcessorCount());
  }

  private static String state(TickType type) {
    return switch (type) {
      case USER -> "user";
      case NICE -> "nice";
      case SYSTEM -> "system";
      case IDLE -> "idle";
      case IOWAIT -> "wait";
      case IRQ -> "interrupt";
      case SOFTIRQ -> "softirq";
      case STEAL -> "steal";
    };
  }

  private void memory(MetricWriter out) {
    GlobalMemory memory = hardware.getMemory();
    double total = memory.getTotal();
    double free = memory.getAvailable();
    out.family("system_memory_usage_bytes", MetricType.GAUGE, "bytes", "Bytes of memory in use.");
    out.family(
        "system_memory_utilization_ratio", MetricType.GAUGE, "ratio", "Share of memory in use.");
    out.family(
        "system_memory_limit_bytes", MetricType.GAUGE, "bytes", "Total bytes of memory available.");
    out.sample("system_memory_limit_bytes", total);
    out.sample("system_memory_usage_bytes", total - free, "state", "used");
    out.sample("system_memory_usage_bytes", free, "state", "free");
    out.sample("system_memory_utilization_ratio", (total - free) / total, "state", "used");
    out.sample("system_memory_utilization_ratio", free / total, "state", "free");
    double swapTotal = memory.getVirtualMemory().getSwapTotal();
    double swapUsed = memory.getVirtualMemory().getSwapUsed();
    out.family("system_paging_usage_bytes", MetricType.GAUGE, "bytes", "Swap usage.");
    out.sample("system_paging_usage_bytes", swapUsed, "state", "used");
    out.sample("system_paging_usage_bytes", swapTotal - swapUsed, "state", "free");
  }

  private void disks(MetricWriter out) {
    List<HWDiskStore> disks = hardware.getDiskStores();
    out.family(
        "system_disk_io_bytes_total", MetricType.COUNTER, "bytes", "Disk bytes transferred.");
    out.family("system_disk_operations_total", MetricType.COUNTER, "", "Disk operations count.");
    out.family(
        "system_disk_io_time_seconds_total",
        MetricType.COUNTER,
        "seconds",
        "Time disk spent activated.");
    for (HWDiskStore disk : disks) {
      String device = disk.getName().replaceFirst("^/dev/", "");
      out.sample(
          "system_disk_io_bytes_total", disk.getReadBytes(), "device", device, "direction", "read");
      out.sample(
          "system_disk_io_bytes_total",
          disk.getWriteBytes(),
          "device",
          device,
          "direction",
          "write");
      out.sample(
          "system_disk_operations_total", disk.getReads(), "device", device, "direction", "read");
      out.sample(
          "system_disk_operations_total", disk.getWrites(), "device", device, "direction", "write");
      out.sample(
          "system_disk_io_time_seconds_total", disk.getTransferTime() / 1000.0, "device", device);
    }
  }

  private void fileSystems(MetricWriter out) {
    out.family(
        "system_filesystem_usage_bytes", MetricType.GAUGE, "bytes", "Filesystem bytes used.");
    out.family(
        "system_filesystem_utilization_ratio",
        MetricType.GAUGE,
        "ratio",
        "Share of filesystem bytes used.");
    Set<String> seen = new HashSet<>();
    for (OSFileStore store : system.getFileSystem().getFileStores(true)) {
      String type = store.getType().toLowerCase(Locale.ROOT);
      if ((VIRTUAL_FILE_SYSTEMS.contains(type) && !store.getMount().equals("/"))
          || store.getTotalSpace() <= 0
          || !seen.add(store.getMount())) {
        continue;
      }
      String device = store.getVolume();
      double total = store.getTotalSpace();
      double free = store.getUsableSpace();
      double reserved = Math.max(0, store.getFreeSpace() - free);
      String[] states = {"used", "free", "reserved"};
      double[] bytes = {total - free - reserved, free, reserved};
      for (int i = 0; i < states.length; i++) {
        out.sample(
            "system_filesystem_usage_bytes",
            bytes[i],
            "device",
            device,
            "mountpoint",
            store.getMount(),
            "type",
            type,
            "mode",
            "rw",
            "state",
            states[i]);
      }
      out.sample(
          "system_filesystem_utilization_ratio",
          (total - free - reserved) / total,
          "device",
          device,
          "mountpoint",
          store.getMount(),
          "type",
          type,
          "mode",
          "rw");
    }
  }

  private void network(MetricWriter out) {
    out.family(
        "system_network_io_bytes_total",
        MetricType.COUNTER,
        "bytes",
        "The number of bytes transmitted and received.");
    out.family(
        "system_network_packets_total",
        MetricType.COUNTER,
        "",
        "The number of packets transferred.");
    out.family(
        "system_network_errors_total", MetricType.COUNTER, "", "The number of errors encountered.");
    out.family(
        "system_network_dropped_total", MetricType.COUNTER, "", "The number of packets dropped.");
    for (NetworkIF network : hardware.getNetworkIFs(true)) {
      String device = network.getName();
      out.sample(
          "system_network_io_bytes_total",
          network.getBytesRecv(),
          "device",
          device,
          "direction",
          "receive");
      out.sample(
          "system_network_io_bytes_total",
          network.getBytesSent(),
          "device",
          device,
          "direction",
          "transmit");
      out.sample(
          "system_network_packets_total",
          network.getPacketsRecv(),
          "device",
          device,
          "direction",
          "receive");
      out.sample(
          "system_network_packets_total",
          network.getPacketsSent(),
          "device",
          device,
          "direction",
          "transmit");
      out.sample(
          "system_network_errors_total",
          network.getInErrors(),
          "device",
          device,
          "direction",
          "receive");
      out.sample(
          "system_network_errors_total",
          network.getOutErrors(),
          "device",
          device,
          "direction",
          "transmit");
      out.sample(
          "system_network_dropped_total",
          network.getInDrops(),
          "device",
          device,
          "direction",
          "receive");
    }
  }

  private void processes(MetricWriter out) {
    Map<String, Integer> counts = new TreeMap<>();
    for (OSProcess process : system.getProcesses()) {
      counts.merge(statusOf(process), 1, Integer::sum);
    }
    out.family(
        "system_processes_count", MetricType.GAUGE, "", "Total number of processes in each state.");
    counts.forEach(
        (status, count) -> out.sample("system_processes_count", count, "status", status));
  }

  private static String statusOf(OSProcess process) {
    return switch (process.getState()) {
      case RUNNING -> "running";
      case SLEEPING, WAITING -> "sleeping";
      case STOPPED, SUSPENDED -> "stopped";
      case ZOMBIE -> "zombies";
      default -> "unknown";
    };
  }
}
