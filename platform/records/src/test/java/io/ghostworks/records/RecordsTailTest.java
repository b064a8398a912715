package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.OTHER;
import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.lines;
import static io.ghostworks.records.EngineFixture.span;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordsTailTest {
  private final EngineFixture fixture = new EngineFixture(1);

  @BeforeEach
  void open() throws IOException {
    fixture.open();
  }

  @Test
  void theTailGivesAcknowledgedBatchesAgain() throws IOException {
    fixture.offer(TENANT, lines(fixture.now(), "a"));
    fixture.offer(TENANT, span(fixture.now(), 5, 1, "s"));
    fixture.offer(OTHER, lines(fixture.now(), "b"));
    List<String> seen = new ArrayList<>();
    long first =
        fixture
            .engine
            .logTail("")
            .read(
                0,
                (position, tenant, batch) -> {
                  seen.add(tenant.value() + " " + batch.body().string(0));
                  return false;
                });
    long last =
        fixture
            .engine
            .logTail("")
            .read(
                first,
                (position, tenant, batch) -> {
                  seen.add(tenant.value() + " " + batch.body().string(0));
                  return true;
                });
    assertThat(seen).containsExactly("acme a", "globex b");
    assertThat(fixture.engine.logTail("").read(last, (position, tenant, batch) -> true))
        .isEqualTo(last);
    List<String> spans = new ArrayList<>();
    fixture
        .engine
        .spanTail("")
        .read(0, (position, tenant, batch) -> spans.add(batch.arena().text(batch.name(0))));
    assertThat(spans).containsExactly("s");
  }

  @Test
  void aTailGivesItsOriginAloneAlsoAfterARestart() throws IOException {
    var _ = fixture.engine.logSink("otlp").offer(TENANT, lines(fixture.now(), "a"));
    var _ = fixture.engine.spanSink("otlp").offer(TENANT, span(fixture.now(), 5, 1, "s"));
    fixture.engine.drive();
    fixture.offer(TENANT, lines(fixture.now(), "b"));
    fixture.kill();
    assertThat(fixture.engine.logTail("otlp").endPosition()).isEqualTo(3);
    List<String> seen = new ArrayList<>();
    fixture
        .engine
        .logTail("otlp")
        .read(0, (position, tenant, batch) -> seen.add(batch.body().string(0)));
    fixture
        .engine
        .spanTail("otlp")
        .read(0, (position, tenant, batch) -> seen.add(batch.arena().text(batch.name(0))));
    assertThat(seen).containsExactly("a", "s");
    assertThat(fixture.bodies(TENANT)).containsExactly("a", "b");
  }
}
