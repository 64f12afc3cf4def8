package io.byoa.bundle;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** How much uploaded code may be, and where it is inspected. */
@ConfigMapping(prefix = "byoa.bundle")
public interface BundleConfig {

  /**
   * Where uploads are spooled and re-packed, each in a fresh folder (0700); on the disk of the
   * store, so that a finished bundle is moved there and not copied.
   */
  @WithDefault("${byoa.data:./data}/uploads")
  Path folder();

  /** Room that stays free on the folder's disk: uploads that would go below it answer 507. */
  @WithDefault("${byoa.disk.free:1G}")
  MemorySize keepFree();

  /** Bytes of the upload itself. */
  @WithDefault("256M")
  MemorySize maxUpload();

  /** Bytes of everything it unpacks to. */
  @WithDefault("1G")
  MemorySize maxUnpacked();

  /** Bytes that one file unpacks to. */
  @WithDefault("512M")
  MemorySize maxFile();

  /** How many times its size the upload may unpack to, once past {@link #ratioFree()}. */
  @WithDefault("100")
  int maxRatio();

  /** Unpacked bytes for which the ratio does not matter yet. */
  @WithDefault("10M")
  MemorySize ratioFree();

  /** Entries of the archive, folders and dropped ones included. */
  @WithDefault("10000")
  int maxEntries();

  /** Segments of a path. */
  @WithDefault("32")
  int maxDepth();

  /** Bytes of UTF-8 of a path's segment. */
  @WithDefault("240")
  int maxSegmentBytes();

  /** Bytes of UTF-8 of a whole path. */
  @WithDefault("1024")
  int maxPathBytes();
}
