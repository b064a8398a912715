package io.ghostworks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonMistakeTest {

  @Test
  void saysWhatIsWrongWithoutTheParsersOwnWords() {
    assertThat(text("{")).isEqualTo("Unexpected end-of-input: expected close marker for Object");
    assertThat(text("{x")).contains("'x'").doesNotContain("Source");
  }

  private static String text(String json) {
    IOException mistake =
        catchThrowableOfType(
            IOException.class,
            () -> {
              try (JsonParser parser = new JsonFactory().createParser(json)) {
                while (parser.nextToken() != null) {}
              }
            });
    return JsonMistake.text(mistake);
  }
}
