package io.ghostworks.server.http;

import java.util.concurrent.CompletionStage;

/** Answers an exchange. What it throws is answered in the words of the route's API. */
@FunctionalInterface
public interface Endpoint {

  /** Called on the pool of the route; must not block longer than the work needs. */
  CompletionStage<Answer> answer(Exchange exchange);
}
