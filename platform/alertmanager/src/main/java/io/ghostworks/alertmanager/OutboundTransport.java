package io.ghostworks.alertmanager;

import io.ghostworks.wire.http.HttpAnswer;
import io.ghostworks.wire.http.HttpCall;
import io.ghostworks.wire.http.OutboundHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends webhooks with the platform's outbound client. */
public final class OutboundTransport implements HttpTransport {

  private static final int ANSWER_BYTES_MAX = 64 << 10;
  private static final int REDIRECTS_MAX = 10;

  private final OutboundHttp http;

  public OutboundTransport(OutboundHttp http) {
    this.http = http;
  }

  @Override
  public Answer post(Request request) throws IOException, InterruptedException {
    HttpAnswer answer =
        http.send(
            new HttpCall(
                "POST",
                request.uri(),
                request.headers(),
                request.body(),
                request.timeout(),
                ANSWER_BYTES_MAX,
                request.followRedirects() ? REDIRECTS_MAX : 0));
    return new Answer(answer.status(), new String(answer.body(), StandardCharsets.UTF_8));
  }
}
