package io.ghostworks.saas.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API of the SaaS, as those who use it see it. */
interface Api {
  /** Asks the API; a call without an answer has status 0. */
  Answer send(String method, String path, @Nullable String token, @Nullable Map<String, ?> body);

  default Answer get(String path, @Nullable String token) {
    return send("GET", path, token, null);
  }

  /** What came back; the body is missing where there was none. */
  record Answer(int status, JsonNode body) {
    boolean ok() {
      return status >= 200 && status < 300;
    }

    String text(String field) {
      return body.path(field).asText("");
    }
  }
}
