package io.ghostworks.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.regex.Pattern;

/** What is wrong with a text that is no JSON, without what the parser says about itself. */
public final class JsonMistake {

  private static final Pattern OWN_WORDS =
      Pattern.compile(" \\(start marker at \\[Source:[^]]*]\\)");

  private JsonMistake() {}

  /** One line. */
  public static String text(IOException mistake) {
    String text =
        mistake instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : mistake.getMessage();
    return OWN_WORDS.matcher(String.valueOf(text)).replaceAll("");
  }
}
