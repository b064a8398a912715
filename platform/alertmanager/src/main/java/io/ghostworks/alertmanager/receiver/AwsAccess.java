package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.config.Secret;
import io.ghostworks.runtime.time.Clock;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls services of AWS with the configuration's credentials, or the environment's ({@code
 * AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}, {@code
 * AWS_REGION}); a role is taken on by STS and kept until a minute before it ends. Other sources of
 * credentials (files, metadata of machines, single sign-on) are not asked. Thread-safe.
 */
final class AwsAccess {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(1);
  private static final RetryRules STS_RULES =
      new RetryRules(Set.of(), (status, body) -> AwsXml.text(body, "Message", "UnknownError"));

  private final Sns.Signing signing;
  private final Map<String, String> environment;
  private final Clock clock;
  private @Nullable AwsCredentials role;
  private Instant roleEnds = Instant.EPOCH;

  AwsAccess(Sns.Signing signing, Map<String, String> environment, Clock clock) {
    this.signing = signing;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /**
   * Posts a form, signed.
   *
   * @param service such as {@code sns}
   * @param url "" for the service's own in the region
   */
  HttpTransport.Answer post(ServiceTalk talk, String service, String url, byte[] body)
      throws NotifyException {
    String region = region();
    AwsCredentials credentials = signing.roleArn().isEmpty() ? own() : role(talk, region);
    return post(talk, credentials, region, service, url, body);
  }

  private HttpTransport.Answer post(
      ServiceTalk talk,
      AwsCredentials credentials,
      String region,
      String service,
      String url,
      byte[] body)
      throws NotifyException {
    URI uri;
    try {
      uri = url.isEmpty() ? AwsPartition.endpoint(service, region) : withPath(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw NotifyException.forGood(String.valueOf(e.getMessage()));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    new AwsSignature(credentials, region, service)
        .signed("POST", uri, List.of(Map.entry("Content-Type", FORM)), body, now())
        .forEach(header -> headers.put(header.getKey(), header.getValue()));
    headers.remove("Content-Type");
    return talk.send("POST", uri.toString(), FORM, headers, body);
  }

  private static URI withPath(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? uri.resolve("/") : uri;
  }

  private String region() throws NotifyException {
    String region = signing.region();
    if (region.isEmpty()) {
      region = variable("AWS_REGION");
    }
    if (region.isEmpty()) {
      region = variable("AWS_DEFAULT_REGION");
    }
    if (region.isEmpty()) {
      throw new NotifyException(
          "region not configured in sns.sigv4.region or in AWS_REGION", true, FailureReason.OTHER);
    }
    return region;
  }

  private AwsCredentials own() throws NotifyException {
    if (!signing.accessKey().isEmpty()) {
      return new AwsCredentials(signing.accessKey(), signing.secretKey(), "");
    }
    String key = variable("AWS_ACCESS_KEY_ID");
    String secret = variable("AWS_SECRET_ACCESS_KEY");
    if (key.isEmpty() || secret.isEmpty()) {
      throw new NotifyException(
          "no credentials of AWS: give sigv4.access_key and sigv4.secret_key, or set"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
          true,
          FailureReason.OTHER);
    }
    return new AwsCredentials(key, Secret.of(secret), variable("AWS_SESSION_TOKEN"));
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  private Instant now() {
    return Instant.ofEpochSecond(0, clock.epochNanos());
  }

  private synchronized AwsCredentials role(ServiceTalk talk, String region) throws NotifyException {
    AwsCredentials kept = role;
    if (kept != null && now().isBefore(roleEnds.minus(RENEWED_BEFORE_END))) {
      return kept;
    }
    FormFields fields =
        new FormFields()
            .put("Action", "AssumeRole")
            .put("Version", "2011-06-15")
            .put("DurationSeconds", "900")
            .put("RoleArn", signing.roleArn())
            .put("RoleSessionName", "ghostworks-" + clock.epochNanos());
    if (!signing.externalId().isEmpty()) {
      fields.put("ExternalId", signing.externalId());
    }
    String url = variable("AWS_ENDPOINT_URL_STS");
    HttpTransport.Answer answer = post(talk, own(), region, "sts", url, fields.bytes());
    STS_RULES.check(answer);
    AwsCredentials taken =
        new AwsCredentials(
            AwsXml.text(answer.body(), "AccessKeyId", ""),
            Secret.of(talk.hide(AwsXml.text(answer.body(), "SecretAccessKey", ""))),
            talk.hide(AwsXml.text(answer.body(), "SessionToken", "")));
    try {
      roleEnds = Instant.parse(AwsXml.text(answer.body(), "Expiration", ""));
    } catch (DateTimeException e) {
      throw new NotifyException(
          "the answer to AssumeRole has no credentials with an end", true, FailureReason.OTHER);
    }
    role = taken;
    return taken;
  }
}
