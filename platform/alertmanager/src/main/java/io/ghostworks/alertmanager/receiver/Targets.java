package io.ghostworks.alertmanager.receiver;

import io.ghostworks.config.CredentialSource;
import java.net.URI;
import java.net.URISyntaxException;

/** Where notifications go, for people to read, without what may be secret. */
final class Targets {

  private Targets() {}

  /** An address whose path is a secret: scheme and host of it. */
  static String secretUrl(CredentialSource url) {
    return switch (url) {
      case CredentialSource.Inline inline -> origin(inline.secret().reveal());
      case CredentialSource.FromFile file -> "as " + file.file() + " says";
    };
  }

  /** An address without user and query. */
  static String url(String url) {
    try {
      URI uri = new URI(url);
      return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
          .toString();
    } catch (URISyntaxException e) {
      return "as a template says";
    }
  }

  private static String origin(String url) {
    try {
      URI uri = new URI(url);
      return uri.getScheme()
          + "://"
          + uri.getHost()
          + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    } catch (URISyntaxException e) {
      return "as a template says";
    }
  }
}
