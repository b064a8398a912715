package io.ghostworks.saas.api.users;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with PBKDF2 (RFC 8018) over HMAC-SHA-256. A hash is {@code iterations:hex}, so
 * that the number of iterations can be raised without breaking older hashes. Thread-safe.
 */
@Component
public final class Passwords {
  private static final int HASH_BITS = 256;

  private final int iterations;

  Passwords(@Value("${saas.password-iterations:210000}") int iterations) {
    this.iterations = iterations;
  }

  String hash(String password, String salt) {
    return iterations + ":" + pbkdf2(password, salt, iterations);
  }

  /** Whether a password is the one of this salt and hash. */
  public boolean matches(String password, String salt, String hash) {
    int colon = hash.indexOf(':');
    String expected = hash.substring(colon + 1);
    String actual = pbkdf2(password, salt, Integer.parseInt(hash, 0, colon, 10));
    return MessageDigest.isEqual(
        HexFormat.of().parseHex(expected), HexFormat.of().parseHex(actual));
  }

  private static String pbkdf2(String password, String salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(
            password.toCharArray(), HexFormat.of().parseHex(salt), iterations, HASH_BITS);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
