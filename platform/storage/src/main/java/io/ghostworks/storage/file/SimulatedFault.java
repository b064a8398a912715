package io.ghostworks.storage.file;

/** What a {@link SimulatedFileSystem} does at a chosen call. */
public enum SimulatedFault {
  /**
   * The call has no effect and fails with an I/O error (EIO); a force loses what it should have
   * kept.
   */
  IO_ERROR,
  /**
   * The call has no effect and fails with {@link NoSpaceException} (ENOSPC); calls that take no
   * space get an I/O error.
   */
  NO_SPACE,
  /**
   * A write takes effect in part and fails with an I/O error; as {@link #IO_ERROR} for other calls.
   */
  TORN,
  /**
   * The power fails during the call, which may have taken effect; every later call fails until
   * {@code crash()}.
   */
  CRASH
}
