package io.ghostworks.alertmanager.receiver;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to AWS in their headers. Source: "AWS Signature Version 4 for API requests", AWS
 * Identity and Access Management User Guide; its test suite is the test of this class.
 *
 * @param service as in the scope of credentials, such as {@code sns}
 */
record AwsSignature(AwsCredentials credentials, String region, String service) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DAY_CHARS = 8;
  private static final int DEFAULT_HTTP_PORT = 80;
  private static final int DEFAULT_HTTPS_PORT = 443;

  /**
   * The headers of a request with those that sign it. All given ones are signed, and the host.
   *
   * @param uri with a path; queries are not signed, as no request here has one
   */
  List<Map.Entry<String, String>> signed(
      String method, URI uri, List<Map.Entry<String, String>> headers, byte[] body, Instant now) {
    String time = TIME.format(now);
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    all.add(Map.entry("X-Amz-Date", time));
    if (!credentials.sessionToken().isEmpty()) {
      all.add(Map.entry("X-Amz-Security-Token", credentials.sessionToken()));
    }
    Map<String, String> canonical = canonical(uri, all);
    String names = String.join(";", canonical.keySet());
    StringBuilder request = new StringBuilder();
    request.append(method).append('\n').append(path(uri)).append("\n\n");
    canonical.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(names).append('\n').append(hex(sha256(body)));
    String day = time.substring(0, DAY_CHARS);
    String scope = "%s/%s/%s/aws4_request".formatted(day, region, service);
    String toSign =
        String.join("\n", ALGORITHM, time, scope, hex(sha256(bytes(request.toString()))));
    all.add(
        Map.entry(
            "Authorization",
            "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                    ALGORITHM,
                    credentials.accessKey(),
                    scope,
                    names,
                    hex(hmac(key(day), toSign)))));
    return all;
  }

  private static Map<String, String> canonical(URI uri, List<Map.Entry<String, String>> headers) {
    Map<String, String> canonical = new TreeMap<>();
    canonical.put("host", host(uri));
    for (Map.Entry<String, String> header : headers) {
      canonical.merge(
          header.getKey().toLowerCase(Locale.ROOT),
          header.getValue().strip().replaceAll(" +", " "),
          (before, value) -> before + "," + value);
    }
    return canonical;
  }

  /** As the client will send it: without the scheme's own port. */
  private static String host(URI uri) {
    boolean usual =
        uri.getPort() < 0
            || ("http".equals(uri.getScheme()) && uri.getPort() == DEFAULT_HTTP_PORT)
            || ("https".equals(uri.getScheme()) && uri.getPort() == DEFAULT_HTTPS_PORT);
    return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /** Each part of the path is escaped once more, as every service but S3 wants it. */
  private static String path(URI uri) {
    String raw = uri.getRawPath();
    if (raw == null || raw.isEmpty()) {
      return "/";
    }
    List<String> parts = new ArrayList<>();
    for (String part : raw.split("/", -1)) {
      parts.add(
          URLEncoder.encode(part, StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace("*", "%2A")
              .replace("%7E", "~"));
    }
    return String.join("/", parts);
  }

  private byte[] key(String day) {
    byte[] key = hmac(bytes("AWS4" + credentials.secretKey().reveal()), day);
    key = hmac(key, region);
    key = hmac(key, service);
    return hmac(key, "aws4_request");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
