package io.ghostworks.server.otlp;

import com.github.luben.zstd.ZstdInputStream;
import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;

/**
 * The compressions of gRPC messages: gzip, and zstd as the Collector sends it. The size of messages
 * is bounded by their reader.
 */
final class GrpcCompression {

  private GrpcCompression() {}

  static DecompressorRegistry registry() {
    return DecompressorRegistry.emptyInstance()
        .with(Codec.Identity.NONE, false)
        .with(new Codec.Gzip(), true)
        .with(new Zstd(), true);
  }

  private static final class Zstd implements Decompressor {
    @Override
    public String getMessageEncoding() {
      return "zstd";
    }

    @Override
    public InputStream decompress(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }
  }
}
