package io.ghostworks.server.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.logql.LogEntry;
import io.ghostworks.model.label.Labels;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TailBufferTest {

  private static final Labels APP = Labels.of("app", "web");

  private final TailBuffer buffer = new TailBuffer();

  private static TailEntry entry(long nanos) {
    return new TailEntry(APP, new LogEntry(nanos, "line", Labels.EMPTY, Labels.EMPTY));
  }

  @Test
  void givesLinesInTheOrderOfTimeAHundredAtOnce() {
    IntStream.range(0, 150).forEach(i -> buffer.add(entry(150 - i)));
    TailBuffer.Message first = buffer.take(Long.MAX_VALUE);
    assertThat(first.entries()).hasSize(100);
    assertThat(first.entries().getFirst().timeNanos()).isEqualTo(1);
    assertThat(buffer.take(Long.MAX_VALUE).entries()).hasSize(50);
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void holdsBackLinesThatAreTooYoung() {
    buffer.add(entry(10));
    buffer.add(entry(20));
    assertThat(buffer.take(15).entries()).extracting(TailEntry::timeNanos).containsExactly(10L);
    assertThat(buffer.oldestNanos()).isEqualTo(20);
  }

  @Test
  void leavesOutTheOldestWhenItIsFullAndSaysSoOnce() {
    IntStream.range(0, 1003).forEach(i -> buffer.add(entry(i)));
    TailBuffer.Message message = buffer.take(Long.MAX_VALUE);
    assertThat(message.dropped())
        .containsExactly(
            new TailBuffer.Dropped(0, APP),
            new TailBuffer.Dropped(1, APP),
            new TailBuffer.Dropped(2, APP));
    assertThat(message.entries().getFirst().timeNanos()).isEqualTo(3);
    assertThat(buffer.take(Long.MAX_VALUE).dropped()).isEmpty();
  }

  @Test
  void writesWhatWasLeftOutAsLoki() {
    buffer.add(entry(7));
    buffer.drop(new TailBuffer.Dropped(5, APP));
    assertThat(TailForm.PLAIN.written(buffer.take(Long.MAX_VALUE)))
        .asString()
        .isEqualTo(
            "{\"streams\":[{\"stream\":{\"app\":\"web\"},\"values\":[[\"7\",\"line\"]]}],"
                + "\"dropped_entries\":[{\"timestamp\":\"5\",\"labels\":{\"app\":\"web\"}}]}");
  }
}
