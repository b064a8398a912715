package io.ghostworks.dashboards.store;

import io.ghostworks.dashboards.document.DashboardDocument;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.DocumentReader;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.state.StoredDashboards;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/** The texts of a version, compressed as of RFC 1950. */
final class PackedText {

  private static final int CHUNK = 16 * 1024;

  private PackedText() {}

  /** What is stored of a document; the tree only where the original does not give it again. */
  static StoredDashboards.Text pack(DashboardDocument document) {
    return new StoredDashboards.Text(
        packed(document.original()),
        isOriginal(document) ? null : packed(TreeJson.write(document.json())));
  }

  private static boolean isOriginal(DashboardDocument document) {
    try {
      return DocumentReader.read(document.original()).json().equals(document.json());
    } catch (DocumentException e) {
      return false; // YAML, of which the tree was made
    }
  }

  static byte[] original(StoredDashboards.Text text) {
    return unpacked(text.original());
  }

  static DashboardDocument document(StoredDashboards.Text text) {
    byte[] document = text.document();
    try {
      return DocumentReader.read(
          new String(
              unpacked(document == null ? text.original() : document), StandardCharsets.UTF_8));
    } catch (DocumentException e) {
      throw new IllegalStateException("a stored dashboard cannot be read", e);
    }
  }

  private static byte[] packed(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream packing = new DeflaterOutputStream(out)) {
      packing.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 * packed.length);
    byte[] chunk = new byte[CHUNK];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      while (!inflater.finished()) {
        int count = inflater.inflate(chunk);
        if (count == 0) {
          throw new IllegalStateException("a stored dashboard ends too early");
        }
        out.write(chunk, 0, count);
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("a stored dashboard is damaged", e);
    }
    return out.toByteArray();
  }
}
