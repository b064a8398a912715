package io.ghostworks.server.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DownloadRowTest {
  private static final DownloadRow LIKE = new DownloadRow(7, Labels.of("app", "a"), "same");
  private static final DownloadRow OTHER = new DownloadRow(7, Labels.of("app", "a"), "other");

  @Test
  void givesRowsThatLookAlikeAsOftenAsTheyAreThere() {
    List<DownloadRow> all = new ArrayList<>(Collections.nCopies(5, LIKE));
    all.add(OTHER);
    all.add(new DownloadRow(8, Labels.of("app", "a"), "later"));
    DownloadRow.Pages pages = new DownloadRow.Pages(true);
    List<DownloadRow> given = new ArrayList<>();
    for (int page = 0; page < all.size(); page++) {
      int rows = 2 + pages.repeated();
      given.addAll(
          pages.fresh(
              all.stream().filter(row -> row.timeNanos() >= pages.edge()).limit(rows).toList()));
    }
    assertThat(given).isEqualTo(all);
  }

  @Test
  void aPageOfManyRowsOfOneTimeIsComparedInLinearTime() {
    List<DownloadRow> all =
        IntStream.range(0, 200_000)
            .mapToObj(i -> new DownloadRow(7, Labels.EMPTY, "line " + i))
            .toList();
    DownloadRow.Pages pages = new DownloadRow.Pages(true);
    assertThat(pages.fresh(all)).hasSize(all.size());
    assertThat(pages.fresh(all)).isEmpty();
  }
}
