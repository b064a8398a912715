package io.ghostworks.alertmanager.receiver;

import static java.util.stream.Collectors.joining;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.Truncation;
import io.ghostworks.template.GoUrl;
import java.util.Map;
import java.util.TreeMap;

/** Posts a message with all of it in the query. Source of the lengths: pushover.net/api#limits. */
record PushoverScript(Pushover config) implements HttpSender.Script {
  private static final String ADDRESS = "https://api.pushover.net/1/messages.json";
  private static final int TITLE_RUNES_MAX = 250;
  private static final int MESSAGE_RUNES_MAX = 1024;
  private static final int URL_RUNES_MAX = 512;

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("token", talk.hide(talk.text(talk.secret(config.token()))));
    parameters.put("user", talk.hide(talk.text(talk.secret(config.userKey()))));
    parameters.put("title", Truncation.inRunes(talk.text(config.title()), TITLE_RUNES_MAX));
    if (config.html()) {
      parameters.put("html", "1");
    }
    if (config.monospace()) {
      parameters.put("monospace", "1");
    }
    parameters.put("message", message(talk));
    parameters.put("url", Truncation.inRunes(talk.text(config.url()), URL_RUNES_MAX));
    parameters.put("url_title", talk.text(config.urlTitle()));
    parameters.put("priority", talk.text(config.priority()));
    parameters.put("retry", Long.toString(config.retry().toSeconds()));
    parameters.put("expire", Long.toString(config.expire().toSeconds()));
    parameters.put("device", talk.text(config.device()));
    parameters.put("sound", talk.text(config.sound()));
    if (config.ttl().toSeconds() > 0) {
      parameters.put("ttl", Long.toString(config.ttl().toSeconds()));
    }
    String query =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + GoUrl.queryEscape(each.getValue()))
            .collect(joining("&"));
    RetryRules.DEFAULT.check(
        talk.send("POST", ADDRESS + "?" + query, "text/plain", Map.of(), new byte[0]));
  }

  private String message(ServiceTalk talk) throws NotifyException {
    String text = config.html() ? talk.html(config.message()) : talk.text(config.message());
    String message = Truncation.inRunes(text, MESSAGE_RUNES_MAX).strip();
    return message.isEmpty() ? "(no details)" : message; // an empty one is refused
  }
}
