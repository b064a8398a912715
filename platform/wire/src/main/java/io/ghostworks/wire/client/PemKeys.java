package io.ghostworks.wire.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys in PEM (RFC 7468): keys in PKCS#8, and in the older forms of RSA
 * (PKCS#1) and elliptic curves (RFC 5915).
 */
final class PemKeys {
  // The text of a configuration's own files, and without backtracking.
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]*)-----END");

  private static final byte[] VERSION = {2, 1, 0};
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };
  private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int CURVE = 0xa0;

  private PemKeys() {}

  /**
   * The certificates of a text, in order.
   *
   * @throws GeneralSecurityException if there is none, or one is damaged
   */
  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    List<X509Certificate> all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (all.isEmpty()) {
      throw new GeneralSecurityException("it has no certificate in PEM");
    }
    return all;
  }

  /**
   * The first private key of a text.
   *
   * @throws GeneralSecurityException if there is none, or it is damaged or of an unknown kind
   */
  static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    Matcher matcher = KEY.matcher(pem);
    if (!matcher.find()) {
      throw new GeneralSecurityException("it has no private key in PEM");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(matcher.group(2));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the private key is no base64", e);
    }
    return switch (matcher.group(1)) {
      case "RSA PRIVATE KEY" -> key("RSA", sequence(VERSION, RSA, element(OCTETS, der)));
      case "EC PRIVATE KEY" ->
          key("EC", sequence(VERSION, sequence(EC, curve(der)), element(OCTETS, der)));
      default -> anyKey(der);
    };
  }

  private static PrivateKey anyKey(byte[] pkcs8) throws GeneralSecurityException {
    for (String kind : List.of("RSA", "EC", "EdDSA")) {
      try {
        return key(kind, pkcs8);
      } catch (InvalidKeySpecException e) {
        // It is of another kind; the end says so where it is of none.
      }
    }
    throw new GeneralSecurityException("the private key is of an unknown kind");
  }

  private static PrivateKey key(String kind, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** The object identifier of the curve in a key of RFC 5915. */
  private static byte[] curve(byte[] der) throws GeneralSecurityException {
    for (int i = 0; i + 3 < der.length; i++) {
      int length = der[i + 1];
      if ((der[i] & 0xff) == CURVE
          && der[i + 2] == 0x06
          && length == der[i + 3] + 2
          && i + 2 + length <= der.length) {
        return java.util.Arrays.copyOfRange(der, i + 2, i + 2 + length);
      }
    }
    throw new GeneralSecurityException("the private key names no curve");
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    return element(SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x83);
      out.write(content.length >> 16);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
