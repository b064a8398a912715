package io.ghostworks.wire.client;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS contexts of settings: whom they trust, and who the client is. */
public final class TlsContexts {
  private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");
  private static final List<String> NAMES = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final int DEFAULT_MIN = 2;

  private TlsContexts() {}

  /**
   * The context for settings; null where they are those of the platform.
   *
   * @throws IOException if a certificate or key cannot be read or is none
   */
  public static @Nullable SSLContext context(ClientSettings.Tls tls) throws IOException {
    if (tls.ca().isEmpty() && tls.certificate().isEmpty() && !tls.insecureSkipVerify()) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(tls), trust(tls), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("tls_config: " + e.getMessage(), e);
    }
  }

  /** The protocols between the oldest and the newest version, in Java's names; at least one. */
  public static String[] protocols(ClientSettings.Tls tls) {
    int min = tls.minVersion().isEmpty() ? DEFAULT_MIN : VERSIONS.indexOf(tls.minVersion());
    int max = tls.maxVersion().isEmpty() ? VERSIONS.size() - 1 : VERSIONS.indexOf(tls.maxVersion());
    return NAMES.subList(Math.min(min, max), max + 1).toArray(String[]::new);
  }

  private static KeyManager @Nullable [] keys(ClientSettings.Tls tls)
      throws GeneralSecurityException, IOException {
    if (tls.certificate().isEmpty() || tls.key().isEmpty()) {
      return null;
    }
    X509Certificate[] chain;
    KeyStore store = emptyStore();
    try {
      chain =
          PemKeys.certificates(tls.certificate().get().read().reveal())
              .toArray(X509Certificate[]::new);
      store.setKeyEntry(
          "client", PemKeys.privateKey(tls.key().get().read().reveal()), new char[0], chain);
    } catch (GeneralSecurityException | IOException e) {
      throw new GeneralSecurityException(
          "unable to use specified client cert & key: " + e.getMessage(), e);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(ClientSettings.Tls tls)
      throws GeneralSecurityException, IOException {
    if (tls.insecureSkipVerify()) {
      return new TrustManager[] {new TrustEveryone()};
    }
    if (tls.ca().isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    try {
      for (X509Certificate certificate : PemKeys.certificates(tls.ca().get().read().reveal())) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new GeneralSecurityException("unable to use the CA: " + e.getMessage(), e);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  /**
   * For insecure_skip_verify, which is asked for by name. Being an extended manager it also leaves
   * host names unchecked.
   */
  private static final class TrustEveryone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
