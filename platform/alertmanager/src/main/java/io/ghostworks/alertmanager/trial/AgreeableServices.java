package io.ghostworks.alertmanager.trial;

import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.wire.client.ClientSettings;
import java.util.Map;

/**
 * Stands for the services of all kinds while a notification is previewed: nothing is sent, and each
 * request is answered as its service answers one that went well.
 */
final class AgreeableServices implements HttpTransport {

  private static final int OK = 200;

  /** The fields in which services say that all went well, and that there is nothing yet. */
  private static final String ANSWER =
      "{\"ok\":true,\"success\":true,\"status\":\"success\",\"errcode\":0,\"access_token\":\"preview\",\"issues\":[],\"transitions\":[]}";

  @Override
  public Answer send(Request request, ClientSettings settings) {
    return new Answer(OK, Map.of("content-type", "application/json"), ANSWER);
  }
}
