package io.ghostworks.saas.domain;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the data of jobs as JSON, so that a newer worker can read what an older api wrote.
 * Thread-safe.
 */
public final class JobSerializer implements Serializer {
  private final JsonMapper json = JsonMapper.builder().build();

  @Override
  public byte[] serialize(Object data) {
    return json.writeValueAsBytes(data);
  }

  @Override
  public <T> T deserialize(Class<T> type, byte[] serialized) {
    return json.readValue(serialized, type);
  }
}
