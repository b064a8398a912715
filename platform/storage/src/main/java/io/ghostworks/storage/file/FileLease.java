package io.ghostworks.storage.file;

import java.io.Closeable;

/** An exclusive lock on a file, held until closed. */
public interface FileLease extends Closeable {}
