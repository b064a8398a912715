package io.ghostworks.server.self;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLimitsTest {

  @TempDir private Path root;

  @Test
  void readsVersion2() throws Exception {
    write("a/b/memory.max", "536870912\n");
    write("a/b/memory.current", "1000\n");
    write("a/b/cpu.max", "150000 100000\n");
    CgroupLimits limits = limits("0::/a/b\n");
    assertThat(limits.memoryLimitBytes()).hasValue(512L << 20);
    assertThat(limits.memoryUsageBytes()).hasValue(1000);
    assertThat(limits.cpuLimit()).hasValue(1.5);
  }

  @Test
  void takesTheSmallestLimitOfTheGroupsAbove() throws Exception {
    write("a/memory.max", "1000000\n");
    write("a/b/memory.max", "max\n");
    write("a/b/c/memory.max", "2000000\n");
    write("a/cpu.max", "max 100000\n");
    write("a/b/cpu.max", "50000 100000\n");
    write("a/b/c/cpu.max", "200000 100000\n");
    CgroupLimits limits = limits("0::/a/b/c\n");
    assertThat(limits.memoryLimitBytes()).hasValue(1_000_000);
    assertThat(limits.cpuLimit()).hasValue(0.5);
  }

  @Test
  void readsVersion1() throws Exception {
    write("memory/box/memory.limit_in_bytes", "268435456\n");
    write("memory/box/memory.usage_in_bytes", "77\n");
    write("memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("cpu,cpuacct/box/cpu.cfs_quota_us", "200000\n");
    write("cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
    write("cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    write("cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    CgroupLimits limits =
        limits("9:name=systemd:/\n4:memory:/box\n3:cpuset:/\n2:cpu,cpuacct:/box\n0::/\n");
    assertThat(limits.memoryLimitBytes()).hasValue(256L << 20);
    assertThat(limits.memoryUsageBytes()).hasValue(77);
    assertThat(limits.cpuLimit()).hasValue(2);
  }

  @Test
  void readsTheMountedGroupWhereItsOwnPathIsNotVisible() throws Exception {
    write("memory/memory.limit_in_bytes", "268435456\n");
    CgroupLimits limits = limits("4:memory:/docker/0123\n");
    assertThat(limits.memoryLimitBytes()).hasValue(256L << 20);
  }

  @Test
  void findsNoLimitWhereThereIsNone() throws Exception {
    write("memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(limits("4:memory:/\n").memoryLimitBytes()).isEmpty();
    assertThat(limits("0::/../..\n").memoryLimitBytes()).isEmpty();
    assertThat(new CgroupLimits(root.resolve("missing"), root).cpuLimit()).isEmpty();
  }

  private CgroupLimits limits(String membership) throws IOException {
    return new CgroupLimits(write("membership", membership), root);
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
