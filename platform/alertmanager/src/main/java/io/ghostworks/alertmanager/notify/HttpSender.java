package io.ghostworks.alertmanager.notify;

import io.ghostworks.wire.client.ClientSettings;
import java.time.Duration;

/**
 * Tells a service over HTTP: runs a kind's script with a talk of its own for each try, and turns
 * how it ended into an outcome.
 */
public final class HttpSender implements Sender {

  private final SenderParts parts;
  private final ClientSettings settings;
  private final Script script;

  /** What one kind of receiver says to its service. */
  @FunctionalInterface
  public interface Script {
    /** Tells the service; returning means that it knows. */
    void tell(ServiceTalk talk) throws NotifyException;
  }

  public HttpSender(SenderParts parts, ClientSettings settings, Script script) {
    this.parts = parts;
    this.settings = settings;
    this.script = script;
  }

  @Override
  public Outcome send(Notification notification, ReceiverData remembered, Duration timeout) {
    ServiceTalk talk = new ServiceTalk(parts, settings, notification, remembered, timeout);
    try {
      script.tell(talk);
      return new Outcome.Delivered(talk.exchanges(), talk.remembered());
    } catch (NotifyException e) {
      return new Outcome.Failed(
          talk.masked(String.valueOf(e.getMessage())), e.retry(), e.reason(), talk.exchanges());
    }
  }
}
