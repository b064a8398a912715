package io.ghostworks.wire.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.runtime.time.Clock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An assertion for a token: a JSON Web Token (RFC 7519) signed with RSA, good for ten minutes. */
final class SignedAssertion {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIFE_SECONDS = TimeUnit.MINUTES.toSeconds(10);

  private final ClientSettings.OAuth2 settings;
  private final Clock clock;

  SignedAssertion(ClientSettings.OAuth2 settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @throws GeneralSecurityException if the text holds no RSA key
   */
  String sign(String pem) throws GeneralSecurityException {
    PrivateKey key = PemKeys.privateKey(pem);
    if (!(key instanceof RSAPrivateKey)) {
      throw new GeneralSecurityException("key is not a valid RSA private key");
    }
    ClientSettings.Assertion assertion = settings.assertion().orElseThrow();
    Map<String, @Nullable Object> header = new TreeMap<>();
    header.put("alg", assertion.algorithm());
    header.put("typ", "JWT");
    if (!assertion.keyId().isEmpty()) {
      header.put("kid", assertion.keyId());
    }
    String unsigned = part(header) + "." + part(claims(assertion));
    Signature signature =
        Signature.getInstance("SHA" + assertion.algorithm().substring(2) + "withRSA");
    signature.initSign(key);
    signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
    return unsigned + "." + base64(signature.sign());
  }

  private Map<String, @Nullable Object> claims(ClientSettings.Assertion assertion) {
    long nowSeconds = TimeUnit.MILLISECONDS.toSeconds(clock.epochMs());
    Map<String, @Nullable Object> claims = new TreeMap<>();
    claims.put("iss", assertion.issuer().isEmpty() ? settings.clientId() : assertion.issuer());
    claims.put("sub", settings.clientId());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("aud", assertion.audience().isEmpty() ? settings.tokenUrl() : assertion.audience());
    claims.put("iat", nowSeconds);
    claims.put("exp", nowSeconds + LIFE_SECONDS);
    if (!settings.scopes().isEmpty()) {
      claims.put("scope", String.join(" ", settings.scopes()));
    }
    claims.putAll(assertion.claims());
    return claims;
  }

  private static String part(Map<String, @Nullable Object> fields) {
    try {
      return base64(JSON.writeValueAsBytes(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values are JSON", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
