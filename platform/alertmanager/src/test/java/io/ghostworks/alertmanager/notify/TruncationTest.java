package io.ghostworks.alertmanager.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TruncationTest {

  @Test
  void countsRunes() {
    assertThat(Truncation.inRunes("aé😀", 3)).isEqualTo("aé😀");
    assertThat(Truncation.inRunes("aé😀b", 3)).isEqualTo("aé😀");
    assertThat(Truncation.inRunes("aé😀bcd", 5)).isEqualTo("aé😀b…");
    assertThat(Truncation.inRunes("", 0)).isEmpty();
  }

  @Test
  void countsBytesAndLeavesRunesWhole() {
    assertThat(Truncation.inBytes("abc", 3)).isEqualTo("abc");
    assertThat(Truncation.inBytes("abcd", 3)).isEqualTo("…");
    assertThat(Truncation.inBytes("abcd", 2)).isEqualTo("..");
    assertThat(Truncation.inBytes("abééé", 7)).isEqualTo("abé…");
    assertThat(Truncation.inBytes("😀😀", 7)).isEqualTo("😀…");
    assertThat(Truncation.inBytes("a😀😀", 7)).isEqualTo("a…");
  }
}
