package io.ghostworks.server.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.server.http.RequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeletedRecordsTest {

  @Test
  void anEmptyTextAmongOthersCountsForNothing() {
    assertThat(lineFilter("{app=\"a\"} |= \"secret\" or \"\"")).isEqualTo(contains("secret"));
    assertThat(lineFilter("{app=\"a\"} |= \"\" or \"secret\"")).isEqualTo(contains("secret"));
    assertThat(lineFilter("{app=\"a\"} |= \"\"")).isEqualTo(Filter.ALL);
    assertThat(lineFilter("{app=\"a\"} |= \"one\" or \"two\""))
        .isEqualTo(new Filter.Or(List.of(contains("one"), contains("two"))));
  }

  @Test
  void refusesWhatIsNoLineFilterOfBytesOrExpressions() {
    for (String stage : List.of("| json", "|= ip(\"10.0.0.0/8\")", "|> \"a<_>\"")) {
      assertThatThrownBy(() -> DeletedRecords.of("{app=\"a\"} " + stage))
          .isInstanceOf(RequestException.class);
    }
  }

  private static Filter lineFilter(String query) {
    Filter.And parts = (Filter.And) DeletedRecords.of(query);
    return parts.parts().get(1);
  }

  private static Filter contains(String text) {
    return new Filter.Contains(Field.BODY, text.getBytes(StandardCharsets.UTF_8));
  }
}
