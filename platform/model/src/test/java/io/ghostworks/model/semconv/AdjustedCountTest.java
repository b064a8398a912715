package io.ghostworks.model.semconv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ghostworks.model.column.ByteArena;
import org.junit.jupiter.api.Test;

class AdjustedCountTest {

  private static double of(String traceState) {
    ByteArena arena = new ByteArena(16);
    arena.append("before");
    return AdjustedCount.ofTraceState(arena, arena.append(traceState));
  }

  @Test
  void theThresholdGivesTheInverseOfTheProbability() {
    assertThat(of("ot=th:8")).isEqualTo(2);
    assertThat(of("ot=th:c")).isEqualTo(4);
    assertThat(of("ot=th:0")).isEqualTo(1);
    assertThat(of("ot=th:fd70a")).isCloseTo(100, within(0.01));
    assertThat(of("ot=th:ffffffffffffff")).isEqualTo((double) (1L << 56));
  }

  @Test
  void otherMembersAndFieldsAreLeftAlone() {
    assertThat(of("congo=t61rcWkgMzE, ot=rv:abcdefabcdefab;th:8 ,z=1")).isEqualTo(2);
    assertThat(of("not=th:8,ot=th:c")).isEqualTo(4);
  }

  @Test
  void randomnessDecidesWhichWholeNumberStandsForAFraction() {
    assertThat(whole("ot=th:99999999999999;rv:00000000000000")).isEqualTo(3);
    assertThat(whole("ot=th:99999999999999;rv:ffffffffffffff")).isEqualTo(2);
    assertThat(whole("ot=th:99999999999999")).isCloseTo(2.5, within(1e-9));
    assertThat(whole("ot=th:8;rv:00000000000000")).isEqualTo(2);
    assertThat(whole("ot=th:8;rv:12")).isEqualTo(AdjustedCount.UNKNOWN);
  }

  private static double whole(String traceState) {
    ByteArena arena = new ByteArena(16);
    return AdjustedCount.wholeOfTraceState(arena, arena.append(traceState));
  }

  @Test
  void withoutAThresholdOrWithAMalformedOneItIsUnknown() {
    for (String state :
        new String[] {
          "",
          "ot=",
          "ot=rv:abcdefabcdefab",
          "ot=th:",
          "ot=th:xyz",
          "ot=th:8;",
          "ot=th:123456789abcdef0",
          "ot=TH:8",
          "ot=th:8;;",
          "congo=1"
        }) {
      assertThat(of(state)).as(state).isEqualTo(AdjustedCount.UNKNOWN);
    }
  }
}
