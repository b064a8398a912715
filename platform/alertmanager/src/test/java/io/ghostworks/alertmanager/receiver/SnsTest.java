package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigException;
import io.ghostworks.wire.client.ClientSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnsTest {
  private static final String SIGNED =
      "sigv4: {region: eu-west-1, access_key: AKIDEXAMPLE, secret_key: secret}";
  private static final String TOPIC =
      "{topic_arn: 'arn:aws:sns:eu-west-1:1:ops', message: m, " + SIGNED + "}";
  private static final String ROLE_ANSWER =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>rolesecret</SecretAccessKey>
      <SessionToken>roletoken</SessionToken><Expiration>2023-11-14T22:28:20Z</Expiration></Credentials>
      </AssumeRoleResult></AssumeRoleResponse>
      """;

  private final FakeService service = new FakeService();

  @Test
  void publishesToATopic() {
    assertThat(
            service.tell(
                Sns.KIND,
                "{topic_arn: 'arn:aws:sns:eu-west-1:1:ops', subject: 's {{ .Status }}', message:"
                    + " 'm~*é', attributes: {b: 'x {{ .Status }}', a: y}, "
                    + SIGNED
                    + "}",
                notification(firing("a"))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo(
            "POST https://sns.eu-west-1.amazonaws.com/ Action=Publish&Message=m~%2A%C3%A9"
                + "&MessageAttributes.entry.1.Name=a&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=y"
                + "&MessageAttributes.entry.2.Name=b&MessageAttributes.entry.2.Value.DataType=String&MessageAttributes.entry.2.Value.StringValue=x+firing"
                + "&Subject=s+firing&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A1%3Aops&Version=2010-03-31");
    assertThat(service.requests.getFirst().header("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(service.requests.getFirst().header("X-Amz-Date")).isEqualTo("20231114T221320Z");
    assertThat(service.requests.getFirst().header("Authorization"))
        .startsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20231114/eu-west-1/sns/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date, Signature=");
  }

  @Test
  void ordersMessagesOfAFifoTopicByTheirGroup() {
    service.tell(
        Sns.KIND,
        "{topic_arn: 'arn:x:{{ .Status }}.fifo', subject: '', message: m, api_url:"
            + " 'http://localhost:9', "
            + SIGNED
            + "}",
        notification(firing("a")));
    assertThat(service.said(0))
        .matches(
            "POST http://localhost:9/"
                + " Action=Publish&Message=m&MessageDeduplicationId=([0-9a-f]{64})&MessageGroupId=\\1&TopicArn=arn%3Ax%3Afiring.fifo&Version=2010-03-31");
  }

  @Test
  void cutsTextMessagesAndSaysSo() {
    service.tell(
        Sns.KIND,
        "{phone_number: '+4912', subject: '', message: '" + "x".repeat(1601) + "', " + SIGNED + "}",
        notification(firing("a")));
    assertThat(service.body(0))
        .isEqualTo(
            "Action=Publish&Message="
                + "x".repeat(1600)
                + "&MessageAttributes.entry.1.Name=truncated&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=true"
                + "&PhoneNumber=%2B4912&Version=2010-03-31");
  }

  @Test
  void findsTheServicesOfOtherPartitions() {
    assertThat(AwsPartition.endpoint("sns", "cn-north-1"))
        .hasToString("https://sns.cn-north-1.amazonaws.com.cn/");
    assertThat(AwsPartition.endpoint("sts", "us-isob-east-1"))
        .hasToString("https://sts.us-isob-east-1.sc2s.sgov.gov/");
    assertThatThrownBy(() -> AwsPartition.endpoint("sns", "evil.org/"))
        .hasMessageContaining("a region of AWS must consist of");
  }

  private Sender sender(String entry, Map<String, String> environment) {
    Sns config = (Sns) FakeService.read(Sns.KIND, entry, "{}");
    SenderParts parts =
        new SenderParts(
            new NotificationTemplates(NotificationTemplates.defaults(), service.time, "http://am"),
            service,
            service.time);
    return new HttpSender(
        parts,
        ClientSettings.DEFAULT,
        new SnsScript(config, new AwsAccess(config.signing(), environment, service.time)));
  }

  private Outcome send(Sender sender) {
    return sender.send(notification(firing("a")), ReceiverData.NONE, Duration.ofSeconds(5));
  }

  @Test
  void takesOnARoleAndKeepsItUntilItEnds() {
    Sender sender =
        sender(
            "{target_arn: t, subject: '', message: m, sigv4: {region: eu-west-1, access_key: A,"
                + " secret_key: s, role_arn: 'arn:role', external_id: ext}}",
            Map.of());
    Answer role = new Answer(200, ROLE_ANSWER);
    Answer ok = new Answer(200, "");
    service.answering(role, ok, ok, role, ok);
    send(sender);
    Outcome second = send(sender);
    service.time.advance(Duration.ofMinutes(14).plusSeconds(1));
    send(sender);
    assertThat(service.requests)
        .extracting(request -> request.uri().getHost().substring(0, 3))
        .containsExactly("sts", "sns", "sns", "sts", "sns");
    assertThat(service.body(0))
        .matches(
            "Action=AssumeRole&DurationSeconds=900&ExternalId=ext&RoleArn=arn%3Arole&RoleSessionName=ghostworks-\\d+&Version=2011-06-15");
    assertThat(service.requests.get(0).header("Authorization")).contains("Credential=A/");
    assertThat(service.requests.get(1).header("Authorization")).contains("Credential=ASIAROLE/");
    assertThat(service.requests.get(1).header("X-Amz-Security-Token")).isEqualTo("roletoken");
    assertThat(second).isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void takesCredentialsOfTheEnvironment() {
    send(
        sender(
            "{topic_arn: t, message: m}",
            Map.of(
                "AWS_REGION", "us-east-2",
                "AWS_ACCESS_KEY_ID", "ENVKEY",
                "AWS_SECRET_ACCESS_KEY", "s",
                "AWS_SESSION_TOKEN", "st")));
    assertThat(service.requests.getFirst().uri().getHost()).startsWith("sns.us-east-2.");
    assertThat(service.requests.getFirst().header("Authorization")).contains("ENVKEY/");
    assertThat(service.requests.getFirst().header("X-Amz-Security-Token")).isEqualTo("st");
  }

  @Test
  void saysWhatIsMissing() {
    assertFailed(
        send(sender("{topic_arn: t, message: m}", Map.of())),
        "region not configured in sns.sigv4.region or in AWS_REGION",
        true,
        FailureReason.OTHER);
    assertFailed(
        send(sender("{topic_arn: t, message: m, sigv4: {region: x}}", Map.of())),
        "no credentials of AWS: give sigv4.access_key and sigv4.secret_key, or set"
            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        true,
        FailureReason.OTHER);
  }

  @Test
  void triesAgainWhatMayHeal() {
    service.answering(
        new Answer(
            403,
            "<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>not"
                + " allowed</Message></Error><RequestId>1</RequestId></ErrorResponse>"),
        new Answer(500, ""),
        FakeService.BROKEN);
    assertFailed(
        service.tell(Sns.KIND, TOPIC, notification(firing("a"))),
        "unexpected status code 403: not allowed",
        false,
        FailureReason.AUTH_ERROR);
    assertFailed(
        service.tell(Sns.KIND, TOPIC, notification(firing("a"))),
        "unexpected status code 500: UnknownError",
        true,
        FailureReason.SERVER_ERROR);
    assertFailed(
        service.tell(Sns.KIND, TOPIC, notification(firing("a"))),
        "Post \"<redacted>\": connection reset",
        true,
        FailureReason.OTHER);
    Outcome template =
        service.tell(
            Sns.KIND,
            "{topic_arn: '{{ template \"no\" . }}', message: m, " + SIGNED + "}",
            notification(firing("a")));
    assertThat(((Outcome.Failed) template).error()).startsWith("execute 'topic_arn' template: ");
    assertThat(((Outcome.Failed) template).retry()).isTrue();
    assertThat(((Outcome.Failed) template).reason()).isEqualTo(FailureReason.CLIENT_ERROR);
  }

  private static void assertFailed(
      Outcome outcome, String error, boolean retry, FailureReason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    String target = "must provide either a Target ARN, Topic ARN, or Phone Number for SNS config";
    assertMistake("{}", target);
    assertMistake("{topic_arn: a, phone_number: b}", target);
    assertThat(mistakes(Sns.KIND, "{topic_arn: a, phone_number: b, target_arn: c}", "{}"))
        .isEmpty();
    assertMistake(
        "{topic_arn: a, sigv4: {access_key: b}}",
        "must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the"
            + " SigV4 config");
    assertMistake(
        "{topic_arn: a, sigv4: {external_id: b}}", "external_id can only be used with role_arn");
  }

  @Test
  void refusesAProfileSinceItsFilesAreNotRead() {
    assertThatThrownBy(
            () -> FakeService.read(Sns.KIND, "{topic_arn: a, sigv4: {profile: p}}", "{}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("AWS's configuration files are not read");
  }

  private static void assertMistake(String entry, String message) {
    assertThat(mistakes(Sns.KIND, entry, "{}")).singleElement().asString().contains(message);
  }
}
