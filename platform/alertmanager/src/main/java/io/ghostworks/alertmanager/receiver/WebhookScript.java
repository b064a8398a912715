package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts notifications as JSON, version 4 of Alertmanager's webhook format. */
record WebhookScript(Webhook config) implements HttpSender.Script {

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    long leftOut = talk.limitAlerts(config.maxAlerts());
    JsonStruct message =
        new JsonStruct()
            .putAll(talk.data())
            .put("version", "4")
            .put("groupKey", talk.notification().groupKey())
            .put("truncatedAlerts", leftOut);
    byte[] body = ServiceTalk.json(config.payload().isPresent() ? payload(talk) : message);
    String url = talk.secretUrl(config.url());
    if (url.isEmpty()) {
      throw NotifyException.forGood("webhook URL is empty after templating");
    }
    talk.limit(config.timeout(), "webhook");
    String key = talk.notification().idempotencyKey();
    Map<String, String> headers = key.isEmpty() ? Map.of() : Map.of("Idempotency-Key", key);
    RetryRules.DEFAULT.check(talk.send("POST", url, "application/json", headers, body));
  }

  private @Nullable Object payload(ServiceTalk talk) throws NotifyException {
    try {
      return config.payload().orElseThrow().render(talk);
    } catch (NotifyException e) {
      throw e.within("failed to render custom payload");
    }
  }
}
