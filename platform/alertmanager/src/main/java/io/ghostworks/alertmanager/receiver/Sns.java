package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Secret;
import io.ghostworks.wire.client.ClientSettings;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A topic, phone number or endpoint of Amazon SNS ({@code notify/sns}). All texts are templates.
 *
 * @param apiUrl "" for that of the region
 * @param attributes of the message; names are templates too
 */
record Sns(
    boolean sendResolved,
    String apiUrl,
    Signing signing,
    String topicArn,
    String phoneNumber,
    String targetArn,
    String subject,
    String message,
    Map<String, String> attributes,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("sns_configs", Sns::read);

  /**
   * As whom requests are signed.
   *
   * @param region "" for the environment's
   * @param accessKey "" for the environment's
   * @param roleArn the role that is taken on first; "" for none
   * @param externalId what the role asks for; "" for nothing
   */
  record Signing(
      String region, String accessKey, Secret secretKey, String roleArn, String externalId) {}

  Sns {
    attributes = Map.copyOf(attributes);
  }

  private static Sns read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    map.bool("use_aws_http_client", false); // there is one client only
    long targets =
        Stream.of("topic_arn", "phone_number", "target_arn")
            .filter(key -> ReceiverFields.isFilled(map, key))
            .count();
    if (targets % 2 == 0) { // Alertmanager lets all three pass, and so does this.
      map.error("must provide either a Target ARN, Topic ARN, or Phone Number for SNS config", "");
    }
    Sns read =
        new Sns(
            fields.sendResolved(true),
            fields.text("api_url", ""),
            signing(map.mapOrEmpty("sigv4")),
            fields.text("topic_arn", ""),
            fields.text("phone_number", ""),
            fields.text("target_arn", ""),
            fields.text("subject", "{{ template \"sns.default.subject\" . }}"),
            fields.text("message", "{{ template \"sns.default.message\" . }}"),
            map.stringMap("attributes"),
            fields.http());
    fields.end();
    return read;
  }

  private static Signing signing(ConfigMap map) {
    map.unsupported(
        "profile",
        "AWS's configuration files are not read; give access_key and secret_key, or set"
            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    map.know("service_name"); // the service is SNS
    map.bool("use_fips_sts_endpoint", false); // read there and used nowhere
    Signing signing =
        new Signing(
            map.string("region", ""),
            map.string("access_key", ""),
            map.findSecret("secret_key").orElse(Secret.of("")),
            map.string("role_arn", ""),
            map.string("external_id", ""));
    if (signing.accessKey.isEmpty() != signing.secretKey.isEmpty()) {
      map.error(
          "must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the"
              + " SigV4 config",
          "");
    }
    if (!signing.externalId.isEmpty() && signing.roleArn.isEmpty()) {
      map.error("external_id can only be used with role_arn", "");
    }
    map.rejectUnknownKeys();
    return signing;
  }

  @Override
  public String kind() {
    return "sns";
  }

  @Override
  public String target() {
    return Stream.of(topicArn, targetArn, phoneNumber)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(
        parts, http, new SnsScript(this, new AwsAccess(signing, System.getenv(), parts.clock())));
  }
}
