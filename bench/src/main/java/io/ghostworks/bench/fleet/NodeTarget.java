package io.ghostworks.bench.fleet;

import io.ghostworks.bench.fleet.Families.Clock;
import io.ghostworks.bench.fleet.Families.Counter;
import io.ghostworks.bench.fleet.Families.Duration;
import io.ghostworks.bench.fleet.Families.Gauge;
import io.ghostworks.bench.fleet.Families.Summary;
import java.util.SplittableRandom;

/** A machine as node_exporter exposes it: about 500 series, two cores, two disks. */
final class NodeTarget {
  private static final String[] MODES = {
    "idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"
  };

  /** Hundredths of a second that each mode of a core takes in 15 s. */
  private static final double[] MODE_TICKS = {1300, 3, 0, 0.01, 2, 0.5, 60, 130};

  private static final String[] DEVICES = {"lo", "eth0", "docker0", "veth0", "veth1"};
  private static final String[] COLLECTORS = {
    "arp",
    "bcache",
    "bonding",
    "btrfs",
    "conntrack",
    "cpu",
    "cpufreq",
    "diskstats",
    "dmi",
    "edac",
    "entropy",
    "fibrechannel",
    "filefd",
    "filesystem",
    "hwmon",
    "infiniband",
    "ipvs",
    "loadavg",
    "mdadm",
    "meminfo",
    "netclass",
    "netdev",
    "netstat",
    "nfs",
    "nfsd",
    "nvme",
    "os",
    "powersupplyclass",
    "pressure",
    "rapl",
    "schedstat",
    "selinux",
    "sockstat",
    "softnet",
    "stat",
    "tapestats",
    "textfile",
    "thermal_zone",
    "time",
    "timex",
    "udp_queues",
    "uname",
    "vmstat",
    "xfs",
    "zfs"
  };
  private static final String[] MEMORY = {
    "MemTotal",
    "MemFree",
    "MemAvailable",
    "Buffers",
    "Cached",
    "SwapCached",
    "Active",
    "Inactive",
    "Active_anon",
    "Inactive_anon",
    "Active_file",
    "Inactive_file",
    "Unevictable",
    "Mlocked",
    "SwapTotal",
    "SwapFree",
    "Dirty",
    "Writeback",
    "AnonPages",
    "Mapped",
    "Shmem",
    "KReclaimable",
    "Slab",
    "SReclaimable",
    "SUnreclaim",
    "KernelStack",
    "PageTables",
    "NFS_Unstable",
    "Bounce",
    "WritebackTmp",
    "CommitLimit",
    "Committed_AS",
    "VmallocTotal",
    "VmallocUsed",
    "VmallocChunk",
    "Percpu",
    "HardwareCorrupted",
    "AnonHugePages",
    "ShmemHugePages",
    "ShmemPmdMapped",
    "FileHugePages",
    "FilePmdMapped",
    "CmaTotal",
    "CmaFree",
    "HugePages_Total",
    "HugePages_Free",
    "HugePages_Rsvd",
    "HugePages_Surp",
    "Hugepagesize",
    "Hugetlb",
    "DirectMap4k",
    "DirectMap2M"
  };

  private final SplittableRandom random;
  private final Target.Builder out;

  private NodeTarget(SplittableRandom random, int number) {
    this.random = random;
    this.out = new Target.Builder(random, "node", "host-%03d:9100".formatted(number));
  }

  static Target of(SplittableRandom random, int number) {
    NodeTarget target = new NodeTarget(random, number);
    target.cores();
    target.memory();
    target.disks();
    target.network();
    target.kernel();
    target.exporter();
    return target.out.build();
  }

  private void cores() {
    for (int cpu = 0; cpu < 2; cpu++) {
      for (int mode = 0; mode < MODES.length; mode++) {
        out.add(
            new Counter(random.nextLong(90_000_000), MODE_TICKS[mode], 1, 100),
            "node_cpu_seconds_total",
            "cpu",
            "" + cpu,
            "mode",
            MODES[mode]);
      }
      for (String mode : new String[] {"nice", "user"}) {
        out.constant(0, "node_cpu_guest_seconds_total", "cpu", "" + cpu, "mode", mode);
      }
      schedule(cpu);
    }
    for (String load : new String[] {"node_load1", "node_load5", "node_load15"}) {
      out.add(new Gauge(80, 0.8, load.equals("node_load1") ? 0.2 : 0.03, 1, 100), load);
    }
  }

  private void schedule(int cpu) {
    String core = "" + cpu;
    out.add(counter(30_000, 400_000), "node_schedstat_timeslices_total", "cpu", core)
        .add(
            new Counter(random.nextLong(1L << 50), 15_000, 200_000, 1e9),
            "node_schedstat_running_seconds_total",
            "cpu",
            core)
        .add(
            new Counter(random.nextLong(1L << 46), 15_000, 9_000, 1e9),
            "node_schedstat_waiting_seconds_total",
            "cpu",
            core)
        .add(counter(9_000, 900_000), "node_softnet_processed_total", "cpu", core)
        .constant(0, "node_softnet_dropped_total", "cpu", core)
        .add(counter(0.3, 1_000), "node_softnet_times_squeezed_total", "cpu", core)
        .constant(0, "node_softnet_received_rps_total", "cpu", core)
        .constant(0, "node_softnet_flow_limit_count_total", "cpu", core)
        .constant(2_445_406_000.0, "node_cpu_frequency_max_hertz", "cpu", core);
  }

  private void memory() {
    for (int i = 0; i < MEMORY.length; i++) {
      String name = "node_memory_" + MEMORY[i] + "_bytes";
      boolean moves = i != 0 && i < 35 && i != 12 && i != 13 && i != 14 && i != 30;
      if (moves && i % 5 != 0) {
        out.add(new Gauge((1L << 34) / (1 + i / 3.0), 0.75, 0.0008, 4096, 1), name);
      } else {
        out.constant(i % 3 == 0 ? 24_679_702_528.0 : 0, name);
      }
    }
  }

  private void disks() {
    for (int i = 0; i < 2; i++) {
      String device = "vd" + (char) ('a' + i);
      double busy = i == 0 ? 40 : 0.05;
      out.add(counter(busy, 100_000), "node_disk_writes_completed_total", "device", device)
          .add(counter(busy / 20, 100_000), "node_disk_reads_completed_total", "device", device)
          .add(pages(busy, 8), "node_disk_written_bytes_total", "device", device)
          .add(pages(busy / 20, 4), "node_disk_read_bytes_total", "device", device)
          .add(
              new Counter(random.nextInt(9_000_000), busy, 3, 1000),
              "node_disk_write_time_seconds_total",
              "device",
              device)
          .add(
              new Counter(random.nextInt(900_000), busy / 20, 2, 1000),
              "node_disk_read_time_seconds_total",
              "device",
              device)
          .add(
              new Counter(random.nextInt(9_000_000), busy / 2, 2, 1000),
              "node_disk_io_time_seconds_total",
              "device",
              device)
          .add(counter(busy / 3, 10_000), "node_disk_writes_merged_total", "device", device);
      for (String zero :
          new String[] {
            "io_now",
            "reads_merged_total",
            "discards_completed_total",
            "discarded_sectors_total",
            "discard_time_seconds_total",
            "flush_requests_total"
          }) {
        out.constant(0, "node_disk_" + zero, "device", device);
      }
      fileSystem(i, "/dev/" + device);
    }
  }

  private void fileSystem(int i, String device) {
    String[] pairs = {"device", device, "fstype", "ext4", "mountpoint", i == 0 ? "/" : "/data"};
    for (String kind : new String[] {"avail_bytes", "free_bytes", "files_free"}) {
      out.add(
          new Gauge(
              kind.endsWith("bytes") ? 180e9 : 12e6,
              i == 0 ? 0.6 : 0.02,
              kind.endsWith("bytes") ? 1e-6 : 1e-7,
              kind.endsWith("bytes") ? 4096 : 1,
              1),
          "node_filesystem_" + kind,
          pairs);
    }
    out.constant(210_304_475_136.0, "node_filesystem_size_bytes", pairs)
        .constant(13_107_200, "node_filesystem_files", pairs)
        .constant(0, "node_filesystem_readonly", pairs)
        .constant(0, "node_filesystem_device_error", pairs);
  }

  private void network() {
    for (int i = 0; i < DEVICES.length; i++) {
      double packets = i == 0 ? 900 : i == 1 ? 2500 : i == 3 ? 4 : 0;
      for (String way : new String[] {"receive", "transmit"}) {
        out.add(
                new Counter(random.nextLong(1L << 40), packets, 420, 1),
                "node_network_" + way + "_bytes_total",
                "device",
                DEVICES[i])
            .add(
                counter(packets, 90_000_000),
                "node_network_" + way + "_packets_total",
                "device",
                DEVICES[i]);
        for (String kind : new String[] {"errs", "drop", "fifo", "compressed", "multicast"}) {
          out.constant(0, "node_network_" + way + "_" + kind + "_total", "device", DEVICES[i]);
        }
      }
      for (String kind :
          new String[] {
            "mtu_bytes",
            "up",
            "carrier",
            "carrier_changes_total",
            "flags",
            "iface_id",
            "iface_link",
            "protocol_type",
            "transmit_queue_length",
            "net_dev_group",
            "dormant",
            "name_assign_type"
          }) {
        out.constant(
            kind.equals("mtu_bytes") ? 1500 : 1, "node_network_" + kind, "device", DEVICES[i]);
      }
    }
    for (int i = 0; i < 42; i++) {
      String name = "node_netstat_Tcp_Field%02d".formatted(i);
      if (i % 3 == 0) {
        out.add(counter(i % 2 == 0 ? 1_500 : 4, 50_000_000), name);
      } else {
        out.constant(i % 5 == 0 ? i * 17 : 0, name);
      }
    }
    for (int i = 0; i < 14; i++) {
      out.add(
          new Gauge(60 + i, i % 3 == 0 ? 0.5 : 0.02, 0.05, 1, 1),
          "node_sockstat_Field%02d".formatted(i));
    }
  }

  private void kernel() {
    out.add(counter(60_000, 1L << 33), "node_context_switches_total")
        .add(counter(35_000, 1L << 33), "node_intr_total")
        .add(counter(90, 1L << 22), "node_forks_total")
        .add(new Gauge(3, 0.6, 0.4, 1, 1), "node_procs_running")
        .add(new Gauge(0.3, 0.1, 1, 1, 1), "node_procs_blocked")
        .add(counter(40_000, 1L << 34), "node_vmstat_pgfault")
        .add(counter(0.2, 1L << 20), "node_vmstat_pgmajfault")
        .add(new Counter(random.nextLong(1L << 32), 40, 60, 1), "node_vmstat_pgpgout")
        .add(new Counter(random.nextLong(1L << 32), 2, 30, 1), "node_vmstat_pgpgin")
        .constant(0, "node_vmstat_pswpin")
        .constant(0, "node_vmstat_pswpout")
        .constant(0, "node_vmstat_oom_kill")
        .constant(1_769_912_345, "node_boot_time_seconds")
        .add(new Clock(), "node_time_seconds")
        .constant(256, "node_entropy_available_bits")
        .constant(256, "node_entropy_pool_size_bits")
        .add(new Gauge(2_300, 0.4, 0.01, 32, 1), "node_filefd_allocated")
        .constant(0x1p63, "node_filefd_maximum")
        .constant(
            1, "node_uname_info", "machine", "x86_64", "release", "6.18.0", "sysname", "Linux")
        .constant(1, "node_os_info", "id", "debian", "version_id", "13");
    for (int i = 0; i < 16; i++) {
      String name = "node_timex_field%02d".formatted(i);
      if (i < 5) {
        out.add(new Gauge(4_000, 0.9, 0.3, 1, 1e9), name);
      } else {
        out.constant(i, name);
      }
    }
    for (String kind :
        new String[] {
          "cpu_waiting", "io_stalled", "io_waiting", "memory_stalled", "memory_waiting"
        }) {
      out.add(
          new Counter(random.nextLong(1L << 36), kind.startsWith("memory") ? 0 : 25, 900, 1e6),
          "node_pressure_" + kind + "_seconds_total");
    }
  }

  private void exporter() {
    for (int i = 0; i < COLLECTORS.length; i++) {
      double mean = Math.exp(-11 + random.nextDouble() * 6);
      out.add(
          new Duration(mean), "node_scrape_collector_duration_seconds", "collector", COLLECTORS[i]);
      out.constant(i % 9 == 1 ? 0 : 1, "node_scrape_collector_success", "collector", COLLECTORS[i]);
    }
    Runtimes.go(out);
    out.summary(new Summary(5, 0.2, 4e-5), 5, "go_gc_duration_seconds")
        .constant(1, "node_exporter_build_info", "goversion", "go1.26.0", "version", "1.10.2")
        .add(counter(1, 10_000), "promhttp_metric_handler_requests_total", "code", "200")
        .constant(0, "promhttp_metric_handler_requests_total", "code", "500")
        .constant(1, "promhttp_metric_handler_requests_in_flight");
    Runtimes.scrape(out, 507);
  }

  private Counter counter(double mean, long until) {
    return new Counter(random.nextLong(until), mean, 1, 1);
  }

  private Counter pages(double events, int pages) {
    return new Counter(random.nextLong(1L << 26) * 4096, events, pages, 1 / 4096.0);
  }
}
