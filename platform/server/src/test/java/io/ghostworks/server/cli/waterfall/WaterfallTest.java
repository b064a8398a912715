package io.ghostworks.server.cli.waterfall;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaterfallTest {
  private static final long MILLI = 1_000_000;

  private final SpanBatch spans = new SpanBatch();

  @BeforeEach
  void addService() {
    spans.scopes().end(0, 0, 0, 0);
    spans.resources().attributes().add("service.name", "shop");
    spans.resources().end(ByteArena.EMPTY, 0);
  }

  @Test
  void drawsATreeWithBarsThatAreFullOnTheCriticalPath() {
    span(1, 0, "GET /", 0, 100, 0);
    span(2, 1, "select", 50, 100, 0);
    span(3, 1, "beside", 50, 90, 0);
    List<String> lines = draw(60, 100);
    assertThat(lines).allMatch(line -> line.codePointCount(0, line.length()) <= 60);
    assertThat(lines.get(1)).contains("100ms  3 spans  1 service");
    assertThat(lines).anyMatch(line -> line.matches("shop GET / +█+░+ +100ms"));
    assertThat(lines).anyMatch(line -> line.matches("  shop select +█+ +50ms"));
    assertThat(lines).anyMatch(line -> line.matches("  shop beside +░+ +40ms"));
    assertThat(lines).noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void marksWhatATraceShouldNotHave() {
    span(1, 0, "root", 10, 100, 2);
    span(2, 1, "early", 5, 20, 0);
    span(3, 1, "backwards", 50, 40, 0);
    span(4, 99, "orphan", 20, 30, 0);
    span(5, 6, "cycle a", 20, 30, 0);
    span(6, 5, "cycle b", 20, 30, 0);
    span(7, 1, "twice", 20, 30, 0);
    span(7, 1, "twice", 21, 30, 0);
    String text = String.join("\n", draw(80, 100));
    assertThat(text)
        .contains("! failed (1 span)")
        .contains("< begins before its parent: clocks differ (1 span)")
        .contains("- ends before it begins (1 span)")
        .contains("? names a parent that is not here (1 span)")
        .contains("@ was its own ancestor: the cycle is cut here (1 span)")
        .contains("= has the id of another span (2 spans)")
        .contains("incomplete: 1 parent missing")
        .contains("first cause: shop root")
        .contains("-10ms");
  }

  @Test
  void foldsWhatThereIsNoRoomForAndSaysSo() {
    span(1, 0, "root", 0, 1_000, 0);
    for (int i = 2; i <= 100_000; i++) {
      span(i, 1, "child", i % 900, i % 900 + 5, i == 70_000 ? 2 : 0);
    }
    List<String> lines = draw(80, 20);
    assertThat(lines).hasSizeLessThan(40);
    assertThat(lines)
        .anyMatch(line -> line.contains("… 99,980 more") || line.contains("… 99,980 spans more"));
    assertThat(lines).anyMatch(line -> line.contains("child") && line.contains(" ! "));
  }

  @Test
  void deepTracesKeepTheirWidth() {
    for (int i = 1; i <= 100; i++) {
      span(i, i - 1, "a name that is longer than there is room for it in a line", i, 1_000 - i, 0);
    }
    assertThat(draw(40, 100)).allMatch(line -> line.codePointCount(0, line.length()) <= 40);
  }

  @Test
  void textsCannotControlTheTerminal() {
    span(1, 0, "evil \u001b[2J name", 0, 10, 0);
    assertThat(String.join("\n", draw(80, 100))).doesNotContain("\u001b");
  }

  @Test
  void durationsHaveThreeDigits() {
    assertThat(ShortDuration.of(1)).isEqualTo("1ns");
    assertThat(ShortDuration.of(1_234)).isEqualTo("1.23µs");
    assertThat(ShortDuration.of(12_000_000)).isEqualTo("12ms");
    assertThat(ShortDuration.of(999_000_000)).isEqualTo("999ms");
    assertThat(ShortDuration.of(61_000_000_000L)).isEqualTo("1m1s");
    assertThat(ShortDuration.of(-5_000)).isEqualTo("-5µs");
  }

  private void span(long id, long parent, String name, long startMs, long endMs, int status) {
    long start = 1_800_000_000_000L * MILLI;
    spans.endRow(
        0,
        0,
        1,
        2,
        id,
        parent,
        ByteArena.EMPTY,
        0,
        spans.arena().append(name),
        1,
        start + startMs * MILLI,
        start + endMs * MILLI,
        status,
        ByteArena.EMPTY,
        0,
        0,
        0);
  }

  private List<String> draw(int width, int spansMax) {
    StringWriter text = new StringWriter();
    DrawnTrace trace = DrawnTrace.of(spans, Long.MAX_VALUE);
    Waterfall.draw(trace, width, spansMax, false, new PrintWriter(text));
    return text.toString().lines().toList();
  }
}
