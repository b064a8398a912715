package io.ghostworks.alertmanager.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import java.util.Map;

/** Posts a message with one attachment, or changes the one that the group has already. */
record SlackScript(Slack config) implements HttpSender.Script {
  private static final String UPDATE = "https://slack.com/api/chat.update";
  private static final String THREAD = "threadTs";
  private static final String CHANNEL = "channelId";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    SlackMessage message = new SlackMessage(config, talk);
    JsonStruct attachment = message.attachment();
    String url = talk.secretUrl(config.url());
    talk.limit(config.timeout(), "slack");
    String channel = message.text("channel");
    String thread = "";
    if (config.updateMessage()
        && !talk.remembered().get(THREAD).isEmpty()
        && !talk.remembered().get(CHANNEL).isEmpty()) {
      url = UPDATE;
      thread = talk.remembered().get(THREAD);
      channel = talk.remembered().get(CHANNEL);
    }
    JsonStruct body = message.around(attachment, channel, thread);
    HttpTransport.Answer answer =
        talk.send("POST", url, "application/json", Map.of(), ServiceTalk.json(body));
    try {
      RetryRules.DEFAULT.check(answer);
      judge(answer, talk);
    } catch (NotifyException e) {
      throw e.within("channel \"%s\"".formatted(channel));
    }
  }

  /** Slack answers 200 also where it does not take a message. */
  private void judge(HttpTransport.Answer answer, ServiceTalk talk) throws NotifyException {
    if (!answer.header("Content-Type").startsWith("application/json")) {
      if (!answer.body().equals("ok")) {
        throw refused("received an error response from Slack: " + answer.body(), false);
      }
      return;
    }
    JsonNode said;
    try {
      said = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw refused(
          "could not unmarshal JSON response \"%s\": %s"
              .formatted(answer.body(), e.getOriginalMessage()),
          true);
    }
    if (!said.path("ok").asBoolean(false)) {
      throw refused("error response from Slack: " + said.path("error").asText(""), false);
    }
    String thread = said.path("ts").asText("");
    String channel = said.path("channel").asText("");
    if (config.updateMessage() && !thread.isEmpty() && !channel.isEmpty()) {
      talk.remember(THREAD, thread);
      talk.remember(CHANNEL, channel);
    }
  }

  private static NotifyException refused(String message, boolean retry) {
    return new NotifyException(message, retry, FailureReason.CLIENT_ERROR);
  }
}
