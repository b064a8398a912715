package io.ghostworks.alertmanager.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Sends a message by an access token, which is asked for with the company's secret and kept for two
 * hours, or until WeChat says that it has expired. Thread-safe.
 */
final class WeChatScript implements HttpSender.Script {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long TOKEN_NANOS = Duration.ofHours(2).toNanos();
  private static final int OK = 200;

  /** The access token has expired. */
  private static final int EXPIRED = 42001;

  private final WeChat config;
  private final Clock clock;
  private String token = "";
  private long tokenAtNanos;

  WeChatScript(WeChat config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    String access = talk.hide(token(talk));
    String url = config.apiUrl() + "message/send?" + new FormFields().put("access_token", access);
    HttpTransport.Answer answer = talk.postJson(url, message(talk));
    if (answer.status() != OK) {
      throw new NotifyException(
          "unexpected status code " + answer.status(),
          true,
          FailureReason.ofStatus(answer.status()));
    }
    check(parsed(answer, true));
  }

  private void check(JsonNode read) throws NotifyException {
    int code = read.path("errcode").asInt();
    if (code == EXPIRED) {
      forgetToken();
    }
    if (code != 0) {
      throw new NotifyException(read.path("errmsg").asText(), code == EXPIRED, FailureReason.OTHER);
    }
  }

  private JsonStruct message(ServiceTalk talk) throws NotifyException {
    boolean markdown = config.messageType().equals("markdown");
    String content = talk.text(config.message());
    return new JsonStruct()
        .put("text", new JsonStruct().put("content", markdown ? "" : content))
        .putUnlessEmpty("touser", talk.text(config.toUser()))
        .putUnlessEmpty("toparty", talk.text(config.toParty()))
        .putUnlessEmpty("totag", talk.text(config.toTag()))
        .putUnlessEmpty("agentid", talk.text(config.agentId()))
        .put("safe", "0")
        .put("msgtype", config.messageType())
        .put("markdown", new JsonStruct().put("content", markdown ? content : ""));
  }

  private synchronized void forgetToken() {
    token = "";
  }

  /** The token; others wait while it is asked for, since each one ends the former's life. */
  private synchronized String token(ServiceTalk talk) throws NotifyException {
    if (!token.isEmpty() && clock.monotonicNanos() - tokenAtNanos <= TOKEN_NANOS) {
      return token;
    }
    String corpId = talk.text(config.corpId());
    FormFields fields =
        new FormFields()
            .put("corpsecret", talk.hide(talk.text(talk.secret(config.apiSecret()))))
            .put("corpid", corpId);
    HttpTransport.Answer answer =
        talk.send("GET", config.apiUrl() + "gettoken?" + fields, "", Map.of(), new byte[0]);
    String found = talk.hide(parsed(answer, false).path("access_token").asText());
    if (found.isEmpty()) {
      throw NotifyException.forGood("invalid APISecret for CorpID: " + config.corpId());
    }
    token = found;
    tokenAtNanos = clock.monotonicNanos();
    return found;
  }

  private static JsonNode parsed(HttpTransport.Answer answer, boolean retry)
      throws NotifyException {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new NotifyException(
          "the answer is no JSON: " + e.getOriginalMessage(), retry, FailureReason.OTHER);
    }
  }
}
