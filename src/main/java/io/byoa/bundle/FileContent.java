package io.byoa.bundle;

import java.io.Closeable;
import java.io.IOException;

/** The content of one file on its way into a bundle, read once. */
interface FileContent extends Closeable {

  /** Fills the buffer from its start with as much as is left; fewer bytes, or 0, mean the end. */
  int read(byte[] buffer) throws IOException;
}
