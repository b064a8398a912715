package io.ghostworks.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ghostworks.template.TemplateException.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplatePlaceTest {
  private static final TemplateSet EMPTY = TemplateSet.withFunctions(Set.of());

  private static Place place(String text) {
    TemplateException failure =
        catchThrowableOfType(
            TemplateException.class,
            () ->
                EMPTY
                    .parse("t", text)
                    .render(
                        "t", List.of(), Map.of(), TemplateSet.Mode.TEXT, TemplateLimits.DEFAULT));
    return failure.place().orElseThrow();
  }

  @Test
  void namesThePlaceOfTextsThatAreNotWellFormed() {
    assertThat(place("ab\n  {{ nope . }}")).isEqualTo(new Place("t", 2, 6));
    assertThat(place("{{ if }}x")).isEqualTo(new Place("t", 1, 7));
  }

  @Test
  void namesThePlaceOfWhatFailsWhileItRuns() {
    assertThat(place("é\n\n {{ index . 3 }}")).isEqualTo(new Place("t", 3, 5));
  }
}
