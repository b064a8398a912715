package io.ghostworks.alertmanager.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The facts are those of AWS's test suite of Signature Version 4, and of its guide. */
class AwsSignatureTest {

  private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
  private static final AwsCredentials CREDENTIALS =
      new AwsCredentials("AKIDEXAMPLE", Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "");
  private static final URI HOST = URI.create("https://example.amazonaws.com/");

  private static String authorization(
      String method, URI uri, List<Map.Entry<String, String>> headers, String body) {
    return new AwsSignature(CREDENTIALS, "us-east-1", "service")
        .signed(method, uri, headers, body.getBytes(StandardCharsets.UTF_8), TIME).stream()
            .filter(header -> header.getKey().equals("Authorization"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void signsAGetWithoutAnything() {
    assertThat(authorization("GET", HOST, List.of(), ""))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date,"
                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void signsAPostWithoutABody() {
    assertThat(authorization("POST", HOST, List.of(), ""))
        .endsWith("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  }

  @Test
  void signsAForm() {
    assertThat(
            authorization(
                "POST",
                HOST,
                List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded")),
                "Param1=value1"))
        .contains("SignedHeaders=content-type;host;x-amz-date")
        .endsWith("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  @Test
  void signsHeadersSortedByNameWithTheirSpacesTrimmed() {
    assertThat(
            authorization(
                "GET",
                HOST,
                List.of(
                    Map.entry("My-Header1", " value1"), Map.entry("My-Header2", " \"a   b   c\"")),
                ""))
        .endsWith("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
  }

  @Test
  void sendsTheTokenOfTemporaryCredentialsSigned() {
    List<Map.Entry<String, String>> headers =
        new AwsSignature(
                new AwsCredentials("AKIDEXAMPLE", Secret.of("secret"), "token"),
                "us-east-1",
                "service")
            .signed("POST", HOST, List.of(), new byte[0], TIME);
    assertThat(headers).contains(Map.entry("X-Amz-Security-Token", "token"));
    assertThat(headers.getLast().getValue())
        .contains("SignedHeaders=host;x-amz-date;x-amz-security-token");
  }
}
