package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Matchers on postings of head and part, against a filter over all series. */
class MatcherSelectionTest {
  private static final int SERIES = 5_000;

  private final EngineFixture fixture = new EngineFixture(3);
  private final List<Labels> all = new ArrayList<>();

  @Test
  void selectsInHeadAndPartWhatAFilterOverAllSeriesSelects() throws IOException {
    fixture.open();
    fill();
    compare(11);
    fixture.engine.flush();
    compare(12);
    fill();
    compare(13);
    fixture.engine.close();
  }

  /** A label that nearly all series have, some of tens and some of one. */
  private void fill() {
    SeriesBatch batch = new SeriesBatch("test");
    Random random = new Random(all.size());
    int known = all.size();
    for (int i = 0; i < SERIES; i++) {
      Labels.Builder labels =
          Labels.builder()
              .set("__name__", "m" + i % 3)
              .set("id", "" + (known + i))
              .set("group", "g" + random.nextInt(90));
      if (random.nextInt(20) > 0) {
        labels.set("most", "yes");
      }
      if (random.nextInt(3) == 0) {
        labels.set("some", "s" + random.nextInt(4));
      }
      all.add(labels.build());
      batch.add(batch.sets().add(all.getLast()), START_MS + known, i);
    }
    assertThat(fixture.offer(batch).rejections()).isEmpty();
  }

  private void compare(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      List<LabelMatcher> matchers = new ArrayList<>();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        matchers.add(matcher(random));
      }
      List<Labels> expected =
          all.stream().filter(labels -> Selectors.matches(labels, matchers)).sorted().toList();
      try (QueryContext context = fixture.context(TENANT)) {
        assertThat(
                fixture.engine.series(
                    List.of(matchers), Long.MIN_VALUE, Long.MAX_VALUE, 0, context))
            .as("%s of seed %d", matchers, seed)
            .isEqualTo(expected);
      }
    }
  }

  private static LabelMatcher matcher(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> new LabelMatcher.Equal("__name__", "m" + random.nextInt(4));
      case 1 -> new LabelMatcher.Equal("most", "yes");
      case 2 -> new LabelMatcher.Equal("group", "g" + random.nextInt(100));
      case 3 -> new LabelMatcher.Equal("some", "");
      case 4 -> new LabelMatcher.NotEqual("most", "");
      case 5 -> new LabelMatcher.Equal("id", "" + random.nextInt(11_000));
      case 6 -> regex("group", "g1|g2|g" + random.nextInt(100));
      case 7 -> regex("group", "g" + random.nextInt(10) + ".*");
      case 8 -> regex("some", "|s" + random.nextInt(5));
      default -> new LabelMatcher.NotMatches("some", AnchoredRegex.compile("s[01]"));
    };
  }

  private static LabelMatcher regex(String label, String regex) {
    return new LabelMatcher.Matches(label, AnchoredRegex.compile(regex));
  }
}
