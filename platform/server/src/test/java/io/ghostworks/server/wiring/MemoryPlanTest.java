package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.settings.SettingsReader;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPlanTest {

  private static final long MIB = 1L << 20;
  private static final Settings.Limits DEFAULTS = SettingsReader.defaults().limits();

  @Test
  void hasRoomForTheLargestRequestInTheDefaultHeap() {
    MemoryPlan plan = MemoryPlan.of(1280 * MIB, DEFAULTS, OptionalLong.empty());
    assertThat(plan.requestBytesMax()).isEqualTo(64 * MIB);
    assertThat(plan.requestsBytes()).isEqualTo(256 * MIB);
  }

  @ParameterizedTest
  @ValueSource(longs = {128, 256, 281, 512, 1024, 1280, 8192})
  void sharesOutNoMoreThanItsShareOfAnyHeap(long heapMib) {
    MemoryPlan plan = MemoryPlan.of(heapMib * MIB, DEFAULTS, OptionalLong.empty());
    assertThat(
            plan.requestsBytes()
                + plan.seriesBytes()
                + plan.selectionsBytes()
                + plan.resultsBytes()
                + plan.recordsBytes()
                + plan.queriesBytes()
                + plan.rulesBytes()
                + 2 * plan.journalBytes()
                + plan.generatorBytes())
        .isLessThanOrEqualTo(heapMib * MIB * 95 / 100);
    assertThat(plan.requestBytesMax() * Bodies.MEMORY_FACTOR)
        .isLessThanOrEqualTo(plan.requestsBytes());
    assertThat(plan.requestBytesMax()).isLessThanOrEqualTo(64 * MIB);
  }

  @Test
  void takesWhatIsConfiguredForQueriesWhileItFits() {
    assertThat(MemoryPlan.of(1024 * MIB, queries(100 * MIB), OptionalLong.empty()).queriesBytes())
        .isEqualTo(100 * MIB);
    assertThatThrownBy(() -> MemoryPlan.of(256 * MIB, queries(100 * MIB), OptionalLong.empty()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("limits.query_memory must be at most 32 MiB")
        .hasMessageContaining("got 100 MiB")
        .hasMessageContaining("GHOSTWORKS_JAVA_OPTIONS");
  }

  @Test
  void makesRoomForKeptResultsWhileTheyFit() {
    MemoryPlan plan = MemoryPlan.of(1024 * MIB, DEFAULTS, OptionalLong.of(100 * MIB));
    assertThat(plan.resultsBytes()).isEqualTo(100 * MIB);
    assertThat(plan.queriesBytes()).isBetween(70 * MIB, 80 * MIB);
    assertThat(MemoryPlan.of(1024 * MIB, DEFAULTS, OptionalLong.of(0)).resultsBytes()).isZero();
    assertThatThrownBy(() -> MemoryPlan.of(1024 * MIB, DEFAULTS, OptionalLong.of(200 * MIB)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("promql.result_cache_memory must be at most 102 MiB")
        .hasMessageContaining("got 200 MiB");
  }

  @Test
  void refusesAHeapThatIsTooSmall() {
    assertThatThrownBy(() -> MemoryPlan.of(64 * MIB, DEFAULTS, OptionalLong.empty()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("at least 128 MiB, got 64 MiB");
  }

  @Test
  void refusesWhatTheControlGroupWouldEndAndSaysWhatFits() {
    OptionalLong limit = OptionalLong.of(512 * MIB);
    assertThatThrownBy(() -> MemoryPlan.checkFits(1024 * MIB, 512 * MIB, limit))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("need 1696 MiB")
        .hasMessageContaining("may use 512 MiB")
        .hasMessageContaining("-Xmx281m -XX:MaxDirectMemorySize=70m");
    assertThatCode(() -> MemoryPlan.checkFits(281 * MIB, 70 * MIB, limit))
        .doesNotThrowAnyException();
    assertThatCode(() -> MemoryPlan.checkFits(1024 * MIB, 512 * MIB, OptionalLong.empty()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> MemoryPlan.checkFits(64 * MIB, 64 * MIB, OptionalLong.of(256 * MIB)))
        .hasMessageContaining("raise the group's limit to 320 MiB at least");
  }

  @Test
  void readsTheHeapOfThisProcess() {
    assertThat(MemoryPlan.heapBytesMax()).isGreaterThanOrEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(MemoryPlan.directBytesMax()).isPositive();
  }

  private static Settings.Limits queries(long bytes) {
    return new Settings.Limits(
        64 * MIB,
        DEFAULTS.series(),
        DEFAULTS.logs(),
        DEFAULTS.spans(),
        DEFAULTS.logIntake(),
        DEFAULTS.logQueries(),
        DEFAULTS.traceQueries(),
        DEFAULTS.ruler(),
        DEFAULTS.notifications(),
        OptionalLong.of(bytes),
        Duration.ofMinutes(2),
        1_000_000);
  }
}
