package io.ghostworks.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Records as JSON, property by property; what is null is left out. */
public final class Views {

  private static final ObjectMapper JSON =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  private Views() {}

  public static byte[] bytes(Object view) {
    try {
      return JSON.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "%s cannot be written as JSON".formatted(view.getClass().getName()), e);
    }
  }

  public static Answer answer(Object view) {
    return Answer.json(200, bytes(view));
  }
}
