package io.ghostworks.collector.export;

import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Carries OTLP requests to another system. Blocks until the answer is there. */
public interface Transport extends AutoCloseable {

  /** Names the tenant to the other system, as Loki, Tempo and Mimir read it. */
  String TENANT_HEADER = "X-Scope-OrgID";

  /**
   * Sends one request, already in the encoding that this transport wants. The tenant goes along as
   * {@link #TENANT_HEADER}, except the default one; a header of that name in the file counts more.
   */
  Delivery send(TenantId tenant, Signal signal, byte[] request) throws InterruptedException;

  /** Whether this signal goes anywhere. */
  boolean carries(Signal signal);

  /** The headers of a request: the file's, and its tenant's. */
  static Map<String, String> headers(Map<String, String> file, TenantId tenant) {
    if (tenant.equals(TenantId.DEFAULT)
        || file.keySet().stream().anyMatch(TENANT_HEADER::equalsIgnoreCase)) {
      return file;
    }
    Map<String, String> headers = new LinkedHashMap<>(file);
    headers.put(TENANT_HEADER, tenant.value());
    return headers;
  }

  @Override
  void close();
}
