package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Publishes a message by SNS's query API, as AWS's SDK writes it: the fields sorted by name. Errors
 * in templates are tried again, as in Alertmanager.
 *
 * @param access signs the request
 */
record SnsScript(Sns config, AwsAccess access) implements HttpSender.Script {

  private static final int MESSAGE_BYTES_MAX = 256 << 10;
  private static final int PHONE_MESSAGE_BYTES_MAX = 1600;
  private static final RetryRules RULES =
      new RetryRules(Set.of(), (status, body) -> AwsXml.text(body, "Message", "UnknownError"));

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    String url = text(talk, "api_url", config.apiUrl());
    byte[] body = publish(talk).bytes();
    HttpTransport.Answer answer = access.post(talk, "sns", url, body);
    RULES.check(answer);
  }

  private FormFields publish(ServiceTalk talk) throws NotifyException {
    FormFields fields = new FormFields().put("Action", "Publish").put("Version", "2010-03-31");
    Map<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, String> each : config.attributes().entrySet()) {
      attributes.put(
          text(talk, "attributes", each.getKey()), text(talk, "attributes", each.getValue()));
    }
    int bytesMax = MESSAGE_BYTES_MAX;
    if (!config.topicArn().isEmpty()) {
      String topic = text(talk, "topic_arn", config.topicArn());
      fields.put("TopicArn", topic);
      if (topic.endsWith(".fifo")) {
        fields.put("MessageDeduplicationId", talk.groupKeyHash());
        fields.put("MessageGroupId", talk.groupKeyHash());
      }
    }
    if (!config.phoneNumber().isEmpty()) {
      fields.put("PhoneNumber", text(talk, "phone_number", config.phoneNumber()));
      bytesMax = PHONE_MESSAGE_BYTES_MAX;
    }
    if (!config.targetArn().isEmpty()) {
      fields.put("TargetArn", text(talk, "target_arn", config.targetArn()));
    }
    byte[] message = text(talk, "message", config.message()).getBytes(StandardCharsets.UTF_8);
    if (message.length > bytesMax) {
      message = Arrays.copyOf(message, bytesMax); // also in the middle of a character
      attributes.put("truncated", "true");
    }
    fields.put("Message", message);
    if (!config.subject().isEmpty()) {
      fields.put("Subject", text(talk, "subject", config.subject()));
    }
    return withAttributes(fields, attributes);
  }

  private static FormFields withAttributes(FormFields fields, Map<String, String> attributes) {
    int number = 0;
    for (Map.Entry<String, String> each : attributes.entrySet()) {
      number++;
      String entry = "MessageAttributes.entry.%d.".formatted(number);
      fields.put(entry + "Name", each.getKey());
      fields.put(entry + "Value.DataType", "String");
      fields.put(entry + "Value.StringValue", each.getValue());
    }
    return fields;
  }

  private static String text(ServiceTalk talk, String field, String template)
      throws NotifyException {
    try {
      return talk.text(template);
    } catch (NotifyException e) {
      throw new NotifyException(
          "execute '%s' template: %s".formatted(field, e.getMessage()),
          true,
          FailureReason.CLIENT_ERROR);
    }
  }
}
