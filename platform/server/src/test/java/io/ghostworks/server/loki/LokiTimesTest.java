package io.ghostworks.server.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.testing.RouteCalls;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LokiTimesTest {

  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "1700000000, 1700000000000000000",
    "1700000000123456789, 1700000000123456789",
    "1700000000.5, 1700000000500000000",
    "1700000000.25, 1700000000250000000",
    "1.5e9, 1500000000000000000",
    "2023-11-14T22:13:20Z, 1700000000000000000",
    "2023-11-14T22:13:20.000000001Z, 1700000000000000001"
  })
  void readsTimesAsLokiDoes(String text, long nanos) {
    assertThat(LokiTimes.nanos("start", text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1h", "2023-11-14", "99999999999999999999", "99999999999.5"})
  void refusesWhatIsNoTimeInLokisWords(String text) {
    assertThatThrownBy(() -> LokiTimes.nanos("end", text))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith(
            "could not parse 'end' parameter: strconv.ParseInt: parsing \"" + text);
  }

  @Test
  void countsSinceBackFromTheEndButNotFromTheFuture() {
    SimulatedTime time = new SimulatedTime(10_000_000);
    long now = time.epochNanos();
    assertThat(range(time, Map.of("since", "5m")).startNanos()).isEqualTo(now - 300 * SECOND);
    assertThat(range(time, Map.of("since", "5m", "end", "9000")).startNanos())
        .isEqualTo(8_700 * SECOND);
    LokiTimes.Range ahead = range(time, Map.of("since", "5m", "end", "20000"));
    assertThat(ahead.startNanos()).isEqualTo(now - 300 * SECOND);
    assertThat(ahead.endNanos()).isEqualTo(20_000 * SECOND);
  }

  private static LokiTimes.Range range(SimulatedTime time, Map<String, String> parameters) {
    return LokiTimes.bounds(RouteCalls.exchange(TenantId.DEFAULT, "/", Map.of(), parameters), time);
  }
}
